// The command line as a person meets it before any command does its work.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const run = promisify(execFile);

async function weft(...args: readonly string[]) {
  const env = { ...process.env, NO_COLOR: "1" };
  const ended = await run(process.execPath, ["dist/cli/main.js", ...args], { env }).catch(
    (failure) => failure,
  );
  const { stdout, stderr, code = 0 } = ended as { stdout: string; stderr: string; code?: number };
  return { stdout, stderr, code };
}

describe("the command line", () => {
  it("lists its commands, a line each", async () => {
    const { stdout, code } = await weft("--help");
    expect(code).toBe(0);
    const lines = stdout.split("\n").filter((line) => line.startsWith("  "));
    expect(lines).toHaveLength(15);
    expect(lines[0]).toMatch(/^ {2}init +Make a data product/);
  });

  it.each([
    ["init"],
    ["dev"],
    ["check"],
    ["publish"],
    ["invalidate"],
  ])("shows what %s does, with examples and exit statuses", async (command) => {
    const { stdout } = await weft(command, "--help");
    expect(stdout).toContain(`  weft ${command} `);
    expect(stdout).toContain("Exit status: 0 ");
    expect(stdout).toContain(`USAGE weft ${command} `);
  });

  it("refuses a flag that a command does not have", async () => {
    const { stderr, code } = await weft("publish", "--variannt", "next");
    expect(stderr).toBe("FLAG_UNKNOWN: `weft publish` has no --variannt. `--help` lists its flags.\n");
    expect(code).toBe(1);
  });

  it("refuses an argument that a command has no use for", async () => {
    const { stderr, code } = await weft("diff", "products/orders", "products/trips");
    expect(stderr).toContain("ARGUMENT_UNKNOWN: `weft diff` has no use for products/trips.");
    expect(code).toBe(1);
  });

  it("says its version", async () => {
    expect((await weft("--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
