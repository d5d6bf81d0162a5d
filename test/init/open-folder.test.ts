// A product's folder as it is read: what it holds, and how each mistake is told.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openFolder } from "../../cli/product/open-folder.ts";
import type { Fault } from "../../schema/product/fault.ts";

const sdl = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  @link(url: "https://weft.dev/spec/mesh/v1.0", import: ["@dataProduct"])
type Book @key(fields: "isbn") @dataProduct(id: "shop-books", version: "1.4.0", domain: "shop", owner: "Shop", contact: "s@weft.example") {
  isbn: String!
}
`;

const product = `import { defineProduct, duckdb } from "weft/sdk";

export const product = defineProduct({
  id: "books", version: "2.0.1", domain: "shop", owner: "The shop", contact: "shop@weft.example",
  freshness: { slo: "PT1H" }, engine: duckdb({ load: [] }),
  entities: { Book: { description: "A book.", collection: "books", key: ["isbn"],
    columns: { isbn: { type: "String!", description: "Number." } } } },
});
`;

let folder: string;
const write = (files: Readonly<Record<string, string>>) =>
  Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
const yaml = (more: string) => `name: books\nurl: http://127.0.0.1:4100/graphql\n${more}`;
const refused = () =>
  openFolder(folder).then(
    () => "opened",
    ({ code, message }: Fault) => `${code}: ${message}`.replaceAll(folder, "FOLDER"),
  );

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "weft-folder-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("a product's folder", () => {
  it("is read with the SDL of its module", async () => {
    await write({ "weft.yaml": yaml("module: product.js\nrun: serve.js\n"), "product.js": product });
    const { sdl: made, ...opened } = await openFolder(folder);
    expect(made).toContain("type Book");
    expect(opened).toEqual({
      folder,
      file: join(folder, "weft.yaml"),
      name: "books",
      url: "http://127.0.0.1:4100/graphql",
      module: join(folder, "product.js"),
      version: "2.0.1",
      productId: "books",
      run: join(folder, "serve.js"),
    });
  });

  it("is read with an SDL file, its contract and its mesh", async () => {
    await write({
      "weft.yaml": yaml("sdl: schema.graphql\ncontract: contract.yaml\nmesh: ../mesh.yaml\n"),
      "schema.graphql": sdl,
      "contract.yaml": "kind: DataContract\n",
    });
    expect(await openFolder(folder)).toMatchObject({
      sdl,
      sdlFile: join(folder, "schema.graphql"),
      version: "1.4.0",
      productId: "shop-books",
      contract: "kind: DataContract\n",
      contractFile: join(folder, "contract.yaml"),
      mesh: join(tmpdir(), "mesh.yaml"),
    });
  });

  it("has version 0.0.0 where nothing says it", async () => {
    await write({ "weft.yaml": yaml("sdl: a.graphql\n"), "a.graphql": "type Query { a: Int }" });
    const opened = await openFolder(folder);
    expect(opened.version).toBe("0.0.0");
    expect(opened.productId).toBeUndefined();
  });
});

describe("a folder that is wrong", () => {
  it.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ["without weft.yaml", {}, /^FOLDER_INVALID: .*\n {2}FOLDER\/weft.yaml: there is no such file\n/],
    [
      "with several mistakes, each with its line",
      { "weft.yaml": "name: Books\nurl: ftp://x\nmodle: a.js\nmodule: product.js\n" },
      /weft.yaml:1: name: .*\n.*weft.yaml:2: url: .*\n.*weft.yaml:3: modle is no key/,
    ],
    ["with neither module nor SDL", { "weft.yaml": yaml("") }, /weft.yaml:1: .*give `module` or `sdl`/],
    [
      "with a contract that is not there",
      { "weft.yaml": yaml("sdl: a.graphql\ncontract: c.yaml\n"), "a.graphql": sdl },
      /weft.yaml:4: contract: FOLDER\/c.yaml: there is no such file/,
    ],
    [
      "with an SDL file that is not there",
      { "weft.yaml": yaml("sdl: a.graphql\n") },
      /^FOLDER_SDL: FOLDER\/a.graphql: there/,
    ],
    [
      "with an SDL that is none",
      { "weft.yaml": yaml("sdl: a.graphql\n"), "a.graphql": "type Book {\n  isbn String\n}" },
      /^SDL_INVALID: .*line 2, column 8/,
    ],
    [
      "whose module is not there",
      { "weft.yaml": yaml("module: p.js\n") },
      /^MODULE_FAILED: FOLDER\/p.js: there is no such file/,
    ],
    [
      "whose module exports no product",
      { "weft.yaml": yaml("module: p.js\n"), "p.js": "export const a = 1;\n" },
      /^MODULE_FAILED: FOLDER\/p.js: it exports no `product`/,
    ],
  ])("%s", async (_, files, told) => {
    await write(files);
    expect(await refused()).toMatch(told);
  });
});

describe("a module that fails", () => {
  // As Node runs it, not as the test runner does.
  const native = async () => {
    const opener = new URL("../../dist/cli/product/open-folder.js", import.meta.url).href;
    await mkdir(join(folder, "node_modules"));
    await symlink(fileURLToPath(new URL("../..", import.meta.url)), join(folder, "node_modules", "weft"));
    const script = `import { openFolder } from "${opener}";
      await openFolder(process.argv[1]).catch(({ code, message }) => console.log(code + ": " + message));`;
    const { stdout } = await promisify(execFile)(process.execPath, [
      "--input-type=module",
      "-e",
      script,
      folder,
    ]);
    return stdout.replaceAll(folder, "FOLDER");
  };

  it.each<[string, Readonly<Record<string, string>>, RegExp]>([
    [
      "that throws",
      { "weft.yaml": yaml("module: p.js\n"), "p.js": "const a = 1;\n\nthrow new Error('no data today');\n" },
      /^MODULE_FAILED: FOLDER\/p.js:3:7: no data today\. [^\n]*\n$/,
    ],
    [
      "that is no JavaScript",
      {
        "weft.yaml": yaml("module: p.js\n"),
        "p.js": "const a = 1;\nexport const b = ;\n",
      },
      /^MODULE_FAILED: FOLDER\/p.js:2/,
    ],
    [
      "whose definition is wrong",
      { "weft.yaml": yaml("module: p.js\n"), "p.js": product.replace("2.0.1", "two") },
      /^MODULE_FAILED: FOLDER\/p.js:3:\d+: Product books, version: two is no semantic version/,
    ],
  ])("%s", async (_, files, told) => {
    await write({ ...files, "package.json": '{ "type": "module" }' });
    expect(await native()).toMatch(told);
  });
});
