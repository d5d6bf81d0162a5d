// The configuration: its defaults, and every kind of mistake with the file and the line it stands in.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseConfig, readConfig } from "../../gateway/read-config.ts";
import { Fault } from "../../schema/product/fault.ts";
import { temporaryDirectory } from "../setup/temporary-directory.ts";
import { root } from "../setup/weft-process.ts";

const smallest = "subgraphs:\n  - name: a\n    url: http://127.0.0.1:4001/graphql\n";

function problemsOf(text: string): readonly string[] {
  try {
    parseConfig(text, "mesh.yaml");
  } catch (failure) {
    if (failure instanceof Fault) return failure.extensions.problems as string[];
    throw failure;
  }
  throw new Error("There is no mistake in it.");
}

describe("a configuration", () => {
  it("needs no more than one subgraph", () => {
    // The rest of the defaults stands in docs/config.md, which is made from them.
    expect(parseConfig(smallest, "mesh.yaml")).toMatchObject({
      subgraphs: [{ name: "a", url: "http://127.0.0.1:4001/graphql" }],
      server: { host: "127.0.0.1", port: 4000 },
      operation: { mutations: false },
      visibility: { forwardHeaders: ["authorization"] },
      console: { enabled: true },
    });
  });

  it("keeps the other defaults of a section in which one key is set", () => {
    const { server } = parseConfig(`${smallest}server:\n  port: 0\n`, "mesh.yaml");
    expect(server).toMatchObject({ port: 0, host: "127.0.0.1", deadlineMs: 30_000 });
  });

  it("knows the demo mesh", async () => {
    const { subgraphs } = await readConfig(join(root, "mesh.yaml"));
    expect(subgraphs.map(({ name }) => name)).toEqual(["flights", "airports", "places", "safety"]);
  });

  it("takes its paths from where the file lies", async () => {
    await using directory = await temporaryDirectory();
    const file = join(directory.path, "mesh.yaml");
    await writeFile(
      file,
      `${smallest}    sdl: a.graphql\n    run: /opt/a.js\nconsole:\n  examples: questions\noperation:\n  registered: asked\n`,
    );
    const { subgraphs, schema, console, operation } = await readConfig(file);
    expect(operation.registered).toBe(join(directory.path, "asked"));
    expect(subgraphs[0]).toMatchObject({ sdl: join(directory.path, "a.graphql"), run: "/opt/a.js" });
    expect(schema.stateDirectory).toBe(join(directory.path, ".weft/state"));
    expect(console.examples).toBe(join(directory.path, "questions"));
  });
});

describe("secrets of events", () => {
  const [one, two, three] = [1, 2, 3].map((byte) => `whsec_${Buffer.alloc(32, byte).toString("base64")}`);
  const readWith = async (secrets: string, secretsFile = "secrets.txt") => {
    await using directory = await temporaryDirectory();
    await writeFile(join(directory.path, "secrets.txt"), secrets);
    const file = join(directory.path, "mesh.yaml");
    await writeFile(file, `${smallest}events:\n  secrets: [${one}]\n  secretsFile: ${secretsFile}\n`);
    return await readConfig(file).then(
      ({ events }) => events.secrets,
      (fault: Fault) => fault.message.replaceAll(directory.path, ""),
    );
  };

  it("come from the configuration and from a file beside it", async () => {
    expect(await readWith(`${two}\r\n\n  ${three}\n`)).toEqual([one, two, three]);
  });

  it.each([
    ["a file that is not there", two as string, "none.txt", /events\.secretsFile: ENOENT/],
    ["a file without any", "\n", "secrets.txt", /there is no secret in \/secrets\.txt/],
    [
      "one that is too short",
      `${two}\nwhsec_c2hvcnQ=\n`,
      "secrets.txt",
      /\/secrets\.txt:2: whsec_ and the base64 of 24/,
    ],
  ])("are refused: %s", async (_, secrets, file, problem) => {
    const message = await readWith(secrets, file);
    expect(message).toMatch(problem);
    expect(message).not.toContain("c2hvcnQ");
  });

  it("are refused where they stand, and not repeated", () => {
    const problems = problemsOf(`${smallest}events:\n  secrets:\n    - hunter2\n`);
    expect(problems).toEqual([
      expect.stringMatching(/^mesh\.yaml:6: events\.secrets\.0: whsec_ and the base64/),
    ]);
    expect(problems.join()).not.toContain("hunter2");
  });
});

describe("a mistake is named with its line", () => {
  it.each([
    ["an unknown key at the top", `${smallest}sever:\n  port: 1\n`, [/^mesh\.yaml:4: sever is no key/]],
    [
      "an unknown key in a section",
      `${smallest}server:\n  port: 1\n  prot: 1\n`,
      [/^mesh\.yaml:6: server\.prot is no key/],
    ],
    [
      "an unknown key of a subgraph",
      `${smallest}    sld: a.graphql\n`,
      [/^mesh\.yaml:4: subgraphs\.0\.sld is no key/],
    ],
    [
      "two unknown keys of one section",
      `${smallest}server:\n  prot: 1\n  port: 1\n  hots: h\n`,
      [/^mesh\.yaml:5: server\.prot is no key/, /^mesh\.yaml:7: server\.hots is no key/],
    ],
    ["a text for a number", `${smallest}server:\n  port: "80"\n`, [/^mesh\.yaml:5: server\.port: .*number/]],
    ["a fraction for a whole number", `${smallest}server:\n  port: 1.5\n`, [/^mesh\.yaml:5: server\.port: /]],
    ["a port beyond 65535", `${smallest}server:\n  port: 65536\n`, [/^mesh\.yaml:5: server\.port: .*65535/]],
    ["a time of nothing", `${smallest}server:\n  deadlineMs: 0\n`, [/^mesh\.yaml:5: server\.deadlineMs: /]],
    [
      "a word for yes or no",
      `${smallest}operation:\n  mutations: maybe\n`,
      [/^mesh\.yaml:5: operation\.mutations: .*boolean/],
    ],
    ["a list for a section", `${smallest}server: []\n`, [/^mesh\.yaml:4: server: .*object/]],
    ["a section left empty", `${smallest}server:\n`, [/^mesh\.yaml:4: server: .*object/]],
    ["a text for the subgraphs", "subgraphs: many\n", [/^mesh\.yaml:1: subgraphs: .*array/]],
    ["no subgraph in the list", "subgraphs: []\n", [/^mesh\.yaml:1: subgraphs: /]],
    [
      "a subgraph without an address",
      `${smallest}  - name: b\n`,
      [/^mesh\.yaml:4: subgraphs\.1\.url: .*string/],
    ],
    [
      "a name that is taken",
      `${smallest}  - name: a\n    url: http://127.0.0.1:4002/graphql\n`,
      [/^mesh\.yaml:4: subgraphs\.1\.name: the name a is taken/],
    ],
    [
      "a name that is none",
      "subgraphs:\n  - name: 1st\n    url: http://127.0.0.1:1/graphql\n",
      [/^mesh\.yaml:2: subgraphs\.0\.name: a letter, then/],
    ],
    ["an address that is no URL", "subgraphs:\n  - name: a\n    url: localhost\n", [/^mesh\.yaml:3: .*URL/]],
    [
      "an address that is not of the web",
      "subgraphs:\n  - name: a\n    url: file:///etc/passwd\n",
      [/^mesh\.yaml:3: subgraphs\.0\.url: .*URL/],
    ],
    [
      "a header in capitals",
      `${smallest}visibility:\n  forwardHeaders:\n    - x-tenant\n    - Authorization\n`,
      [/^mesh\.yaml:7: visibility\.forwardHeaders\.1: .*lower case/],
    ],
    [
      "a header of one connection among those sent on",
      `${smallest}visibility:\n  forwardHeaders: [host]\n`,
      [/^mesh\.yaml:5: visibility\.forwardHeaders\.0: .*one connection/],
    ],
    ["a key given twice", `${smallest}server:\n  port: 1\n  port: 2\n`, [/^mesh\.yaml:6: .*unique/]],
    ["what is no YAML", 'subgraphs:\n  - name: "a\n', [/^mesh\.yaml:\d: /]],
    ["an alias of nothing", `${smallest}server: *shared\n`, [/^mesh\.yaml:4: .*shared/]],
    ["two documents in one file", `${smallest}---\n${smallest}`, [/^mesh\.yaml:4: .*documents/]],
    ["a list at the top", "- name: a\n", [/^mesh\.yaml:1: the file: .*object/]],
    ["a file that is empty", "", [/^mesh\.yaml:1: subgraphs: /]],
    ["a file of comments", "# nothing yet\n", [/^mesh\.yaml:1: subgraphs: /]],
  ])("%s", (_, text, expected) => {
    const problems = problemsOf(text);
    expect(problems).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
  });

  it("and all mistakes are named at once", () => {
    const problems = problemsOf("server:\n  port: x\nfetch:\n  requestsMax: -1\noperations: {}\n");
    expect(problems.map((problem) => problem.split(" ")[0])).toEqual(
      expect.arrayContaining(["mesh.yaml:1:", "mesh.yaml:2:", "mesh.yaml:4:", "mesh.yaml:5:"]),
    );
  });
});

describe("a file that cannot be read", () => {
  it.each([
    ["is missing", "missing.yaml", /missing\.yaml cannot be read: ENOENT/],
    ["is a folder", ".", /cannot be read: EISDIR/],
  ])("%s", async (_, name, message) => {
    await using directory = await temporaryDirectory();
    await expect(readConfig(join(directory.path, name))).rejects.toMatchObject({
      code: "CONFIG_UNREADABLE",
      message: expect.stringMatching(message),
    });
  });
});
