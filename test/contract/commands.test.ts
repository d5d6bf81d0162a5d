// `weft contract` and `weft test` as a person runs them, on a copy of one of the demo's product folders.
import { readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import getPort from "get-port";
import { describe, expect, test } from "vitest";
import { startPort } from "weft/sdk";
import { qualityReportSchema } from "../../schema/product/quality.ts";
import { places } from "../../subgraphs/places/product.ts";
import { testGateway } from "../gateway/support/test-gateway.ts";
import { alive, childrenOf, type Listed } from "../mesh/support/processes.ts";
import { temporaryDirectory } from "../setup/temporary-directory.ts";
import { root, weftProcess } from "../setup/weft-process.ts";
import { edited } from "./support/shop-documents.ts";

type Folder = {
  readonly path: string;
  readonly url: string;
  readonly read: (name: string) => Promise<string>;
  readonly write: (name: string, text: string) => Promise<void>;
};

const it = test.extend<{ folder: Folder }>({
  // biome-ignore lint/correctness/noEmptyPattern: a fixture names what it needs, which is nothing
  folder: async ({}, use) => {
    await using directory = await temporaryDirectory();
    const { path } = directory;
    const url = `http://127.0.0.1:${await getPort()}/graphql`;
    const folder: Folder = {
      path,
      url,
      read: (name) => readFile(join(path, name), "utf8"),
      write: (name, text) => writeFile(join(path, name), text),
    };
    const dist = join(root, "dist/subgraphs/places");
    await folder.write(
      "weft.yaml",
      `# Ours.\nname: places\nurl: ${url}\nmodule: ${dist}/product.js # built\nrun: ${dist}/main.js\n`,
    );
    await use(folder);
  },
});

async function weft(...args: readonly string[]) {
  await using run = weftProcess(args, { env: { WEFT_MESH: "" }, cwd: root });
  const { code } = await run.ended;
  return { code, output: run.output.join("\n"), errors: run.errors.join("\n") };
}

/** The process of this name that a process starts, as soon as there is one. */
async function childOf(parent: number, name: string): Promise<Listed> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const found = (await childrenOf(parent)).find(({ command }) => command.includes(name));
    if (found) return found;
    await sleep(20);
  }
  throw new Error(`${parent} starts no ${name}`);
}

describe("weft contract", () => {
  it("says what is missing, writes it, names it in weft.yaml, and is in step from then on", async ({
    folder,
  }) => {
    const first = await weft("contract", folder.path);
    expect(first).toMatchObject({ code: 2, errors: "" });
    expect(first.output).toContain("contract.odcs.yaml: would be written, new");
    await expect(folder.read("contract.odcs.yaml")).rejects.toThrow("ENOENT");

    expect(await weft("contract", folder.path, "--write")).toMatchObject({ code: 0, errors: "" });
    expect(await folder.read("weft.yaml")).toMatch(
      /^# Ours\.\n[\s\S]* # built\n[\s\S]*contract: contract\.odcs\.yaml\ndescriptor: product\.odps\.yaml\n$/,
    );
    const written = await folder.read("contract.odcs.yaml");

    const again = await weft("contract", folder.path);
    expect(again.code).toBe(0);
    expect(again.output.split("\n").map((line) => line.replace(/^.*\//, ""))).toEqual([
      "contract.odcs.yaml: in step",
      "product.odps.yaml: in step",
    ]);
    await weft("contract", folder.path, "--write");
    expect(await folder.read("contract.odcs.yaml")).toBe(written);
  }, 60_000);

  it("tells each change, and what the team has to mend itself, with its line", async ({ folder }) => {
    await weft("contract", folder.path, "--write");
    const text = await folder.read("contract.odcs.yaml");
    await folder.write(
      "contract.odcs.yaml",
      edited(text, "version: 1.0.0\n", "version: 0.9.0\nprio: 1 # mine\n"),
    );
    const { code, output } = await weft("contract", folder.path, "--json");
    expect(code).toBe(2);
    expect(JSON.parse(output)).toMatchObject({
      contract: { isNew: false, changes: ["version: 0.9.0 → 1.0.0"] },
      descriptor: { isNew: false, changes: [] },
      written: false,
      findings: [{ code: "CONTRACT_STANDARD", severity: "error", place: { line: 8, column: 1 } }],
    });
    const mended = await weft("contract", folder.path, "--write");
    expect(mended.code).toBe(2);
    expect(mended.output).toMatch(
      /error CONTRACT_STANDARD \S*contract\.odcs\.yaml:8:1\n {2}the document: prio is no key/,
    );
    expect(await folder.read("contract.odcs.yaml")).toBe(
      edited(text, "version: 1.0.0\n", "version: 1.0.0\nprio: 1 # mine\n"),
    );
  }, 60_000);

  it("writes nothing over what is no YAML", async ({ folder }) => {
    await weft("contract", folder.path, "--write");
    await folder.write("contract.odcs.yaml", "a: [1\nb: 2\n");
    const { code, errors } = await weft("contract", folder.path, "--write");
    expect(code).toBe(1);
    expect(errors).toMatch(/^DOCUMENT_FAILED: .*contract\.odcs\.yaml: .* line 2/);
    expect(await folder.read("contract.odcs.yaml")).toBe("a: [1\nb: 2\n");
  }, 60_000);
});

describe("weft test", () => {
  it("starts the product where its URL does not answer, runs its rules and the test kit, and ends it", async ({
    folder,
  }) => {
    await weft("contract", folder.path, "--write");
    const { code, output, errors } = await weft("test", folder.path);
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    expect(output).toMatch(/^ok +State\.code\.unique +0 of 56 rows \(must be 0\)/m);
    expect(output).toMatch(/^ok +State\.country\.reference/m);
    expect(output).toMatch(/^ok +port\.states\.aggregates/m);
    expect(output).toMatch(/^places 1\.0\.0: \d+ rules, 0 failed, 0 not run, 0 warnings$/m);
    await expect(fetch(folder.url)).rejects.toThrow();
  }, 120_000);

  it("asks the port that answers, tells what failed first, and gives the report to the gateway", async ({
    folder,
  }) => {
    await using port = await startPort(places);
    await folder.write(
      "weft.yaml",
      (await folder.read("weft.yaml")).replace(folder.url, `${port.url}/graphql`).replace(/run: .*\n/, ""),
    );
    await weft("contract", folder.path, "--write");
    const contract = await folder.read("contract.odcs.yaml");
    const rule =
      "    quality:\n      - { id: many, description: There are many., metric: rowCount, mustBeGreaterThan: 1000 }\n";
    await folder.write(
      "contract.odcs.yaml",
      edited(contract, "    physicalName: states\n", `    physicalName: states\n${rule}`),
    );
    const failed = await weft("test", folder.path, "--no-port");
    expect(failed.code).toBe(2);
    expect(failed.output.split("\n")[0]).toMatch(
      /^FAILED +State\.many +56 of 56 rows \(must be more than 1000\) +There are many\.$/,
    );

    await using gateway = await testGateway({
      subgraphs: { places: `${port.url}/graphql` },
      admin: { enabled: true, port: 0 },
    });
    await gateway.live();
    const told = await weft(
      "test",
      folder.path,
      "--no-port",
      "--json",
      "--report",
      "--admin",
      gateway.adminUrl as string,
    );
    expect({ code: told.code, errors: told.errors }).toEqual({ code: 2, errors: "" });
    const report = qualityReportSchema.parse(JSON.parse(told.output));
    expect(report.rules.find(({ id }) => id === "State.many")).toMatchObject({
      outcome: "failed",
      rowsChecked: 56,
    });
    const kept = await (await fetch(`${gateway.adminUrl}/admin/quality`)).json();
    expect(kept).toEqual({ reports: [report] });
  }, 120_000);

  it("ends with 1 where there is no port, another product's, or one that dies", async ({ folder }) => {
    const weftYaml = await folder.read("weft.yaml");
    await folder.write("weft.yaml", weftYaml.replace(/run: .*\n/, ""));
    const without = await weft("test", folder.path);
    expect(without).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/^PORT_UNREACHABLE: No port answers at/),
    });

    await folder.write("dying.js", 'console.log("no table"); process.exitCode = 3;');
    await folder.write("weft.yaml", weftYaml.replace(/run: .*\n/, "run: dying.js\n"));
    const dying = await weft("test", folder.path);
    expect(dying.code).toBe(1);
    expect(dying.errors).toMatch(
      /^PORT_FAILED: .*dying\.js serves no port: it ended \(exit status 3\)\.\n {2}no table/,
    );

    const sdl = 'type Query { a: Int } type A @key(fields: "a") @dataProduct(id: "other") { a: Int }';
    const linked = `extend schema @link(url: "https://weft.dev/spec/mesh/v1.0", import: ["@dataProduct"]) ${sdl}`;
    const other = createServer(
      (_, response) => void response.end(JSON.stringify({ data: { _service: { sdl: linked } } })),
    );
    await new Promise<void>((resolve) => void other.listen(0, "127.0.0.1", resolve));
    const foreign = `http://127.0.0.1:${(other.address() as AddressInfo).port}/graphql`;
    await folder.write("weft.yaml", weftYaml.replace(folder.url, foreign));
    const taken = await weft("test", folder.path);
    other.close();
    expect(taken).toMatchObject({
      code: 1,
      errors: expect.stringMatching(
        /^PORT_FOREIGN: .* is the port of other, and this folder is that of places\./,
      ),
    });
  }, 120_000);

  it("ends the product that it started when it is interrupted", async ({ folder }) => {
    await using run = weftProcess(["test", folder.path], { env: { WEFT_MESH: "" } });
    const started = await childOf(run.pid, "main.js");
    run.end("SIGINT");
    expect(await run.ended).toEqual({ code: 1, signal: null });
    expect(run.errors.join("\n")).toContain("INTERRUPTED: The test was ended before it was done: SIGINT.");
    expect(await alive([started])).toEqual([]);
  }, 60_000);

  it("says what is wrong with its arguments", async ({ folder }) => {
    expect(await weft("test", folder.path, "--timeout", "soon")).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/^SECONDS_WRONG/),
    });
    await rm(join(folder.path, "weft.yaml"));
    expect(await weft("test", folder.path)).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/^FOLDER_INVALID/),
    });
    for (const verb of ["test", "contract"]) {
      const { code, output } = await weft(verb, "--help");
      expect(code).toBe(0);
      expect(output).toContain("Exit status: 0");
    }
  }, 60_000);
});
