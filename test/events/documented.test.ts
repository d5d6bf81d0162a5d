// The commands in docs/changes.md do what the page says: each is run as it stands there.
import { execFile, execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { eventsSecret } from "../../gateway/config.ts";
import { temporaryDirectory } from "../setup/temporary-directory.ts";
import { root } from "../setup/weft-process.ts";
import { eventsApp, secretOf } from "./support/events-app.ts";

const page = readFileSync(join(root, "docs/changes.md"), "utf8");
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map(
    ([, text]) => text as string,
  );
const commands = blocks("bash");

const has = (program: string) => {
  try {
    execFileSync("bash", ["-c", `command -v ${program}`]);
    return true;
  } catch {
    return false;
  }
};

describe.skipIf(!["curl", "openssl", "od"].every(has))("docs/changes.md", () => {
  const run = async (command: string, env: Readonly<Record<string, string>> = {}) => {
    await using folder = await temporaryDirectory();
    await writeFile(join(folder.path, "event.json"), blocks("json")[0] as string);
    const options = { cwd: folder.path, env: { ...process.env, ...env } };
    const { stdout } = await promisify(execFile)("bash", ["-euo", "pipefail", "-c", command], options);
    return stdout;
  };

  it("has a command for each way to send", () => {
    expect(commands.filter((command) => command.includes("$GATEWAY/events"))).toHaveLength(4);
  });

  it.each(
    commands.filter((command) => command.includes("$GATEWAY")),
  )("sends an event that is taken: %s", async (command) => {
    const secret = secretOf();
    await using gateway = await eventsApp({ events: { secrets: [secretOf(), secret] } });
    expect(await run(command, { GATEWAY: gateway.url, SECRET: secret })).toBe("");
    expect(gateway.invalidated).toEqual([{ scope: "product", source: "airports" }]);
  });

  it("makes a secret that the configuration takes", async () => {
    const command = commands.find((text) => text.startsWith('echo "whsec_')) as string;
    const made = (await run(command)).trim();
    expect(eventsSecret.parse(made)).toBe(made);
  });
});
