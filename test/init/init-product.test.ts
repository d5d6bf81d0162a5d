// The folder that `weft init` makes: what is in it, what it refers to, and what keeps it from being made.
import { execFileSync } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defineProduct, duckdb, startPort } from "weft/sdk";
import { parse } from "yaml";
import { type InitOptions, initProduct } from "../../cli/init/init-product.ts";
import { initReport, initText } from "../../cli/init/report.ts";
import { openFolder } from "../../cli/product/open-folder.ts";
import type { Fault } from "../../schema/product/fault.ts";
import { type TemporaryDirectory, temporaryDirectory } from "../setup/temporary-directory.ts";

const signal = new AbortController().signal;
const who = { owner: "Newcomers", contact: "newcomers@weft.example" };
let directory: TemporaryDirectory;
const at = (name: string) => join(directory.path, name);

beforeEach(async () => {
  directory = await temporaryDirectory();
});
afterEach(() => directory[Symbol.asyncDispose]());

async function make(csv: string, options: Partial<InitOptions> = {}) {
  await writeFile(at("rows.csv"), csv);
  const { flags, ...others } = options;
  return initProduct(
    { name: "rows", from: at("rows.csv"), out: at("rows"), ...others, flags: { ...who, ...flags } },
    { signal },
  );
}

const refused = (making: Promise<unknown>) =>
  making.then(
    () => "made",
    ({ code, message }: Fault) => `${code}: ${message}`,
  );

async function ask(url: string, query: string): Promise<unknown> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

const code = (name: string) => ({
  entities: {
    [name]: {
      description: `One ${name}.`,
      collection: `${name.toLowerCase()}s`,
      key: ["code"],
      columns: {
        code: { type: "String!", description: "Code." },
        rows: { type: "String", description: "What my collection is called too." },
      },
    },
  } as const,
});

/** Ports of two neighbours: twenty codes each, of which ten are the same. */
async function neighbours() {
  const port = (name: string, from: number) =>
    startPort(
      defineProduct({
        id: `${name.toLowerCase()}s`,
        version: "1.0.0",
        domain: "d",
        owner: "o",
        contact: "c@weft.example",
        freshness: { slo: "P1D" },
        engine: duckdb({
          load: [
            `create table ${name.toLowerCase()}s as select 'c' || (i + ${from})::integer as code, null::varchar as rows from range(20) as t(i)`,
          ],
        }),
        ...code(name),
      }),
    );
  const [states, lands] = await Promise.all([port("State", 0), port("Land", 10)]);
  const subgraphs = [
    { name: "states", url: `${states.url}/graphql` },
    { name: "lands", url: `${lands.url}/graphql` },
  ];
  await writeFile(at("mesh.yaml"), JSON.stringify({ subgraphs }));
  return {
    states,
    lands,
    [Symbol.asyncDispose]: async () => {
      await Promise.all([states[Symbol.asyncDispose](), lands[Symbol.asyncDispose]()]);
    },
  };
}

const referring = (column: string, value: (i: number) => string) =>
  [`id,${column}`, ...Array.from({ length: 20 }, (_, i) => `${i + 1},${value(i)}`), ""].join("\n");

describe("the folder", () => {
  it("classifies what may be personal data, and says so", async () => {
    const report = initReport(await make("id,E-Mail,name\n1,a@weft.example,a\n2,b@weft.example,b\n"), 0);
    const { schema } = parse(await readFile(join(at("rows"), "contract.odcs.yaml"), "utf8"));
    const classified = schema[0].properties.filter(
      ({ classification }: Record<string, unknown>) => classification,
    );
    expect(classified).toMatchObject([{ name: "eMail", classification: "confidential" }]);
    expect(report.personal).toEqual(["eMail"]);
    expect(initText(report, "rows")).toContain("eMail: confidential, until the contract says otherwise");
  });

  it("holds all that a product needs, and nothing else is written", async () => {
    await make("id,name\n1,a\n2,b\n");
    expect((await readdir(directory.path)).toSorted()).toEqual(["rows", "rows.csv"]);
    expect((await readdir(at("rows"))).toSorted()).toEqual([
      ".dockerignore",
      ".gitignore",
      "Dockerfile",
      "README.md",
      "contract.odcs.yaml",
      "node_modules",
      "package.json",
      "product.js",
      "product.odps.yaml",
      "product.test.js",
      "serve.js",
      "weft.yaml",
    ]);
  });

  it("is opened as a product's folder", async () => {
    const { url } = await make("id,name\n1,a\n2,b\n", { flags: { slo: "P1D", domain: "shop" } });
    const { sdl, ...opened } = await openFolder(at("rows"));
    expect(opened).toMatchObject({
      name: "rows",
      url,
      version: "1.0.0",
      productId: "rows",
      run: at("rows/serve.js"),
    });
    expect(sdl).toContain('@dataProduct(id: "rows", version: "1.0.0", domain: "shop", owner: "Newcomers"');
    expect(parse(opened.contract ?? "")).toMatchObject({ kind: "DataContract", schema: [{ name: "Row" }] });
    expect(parse(opened.descriptor ?? "")).toMatchObject({ kind: "DataProduct", id: "rows" });
  });

  it("answers under names of any kind, whatever they hold", async () => {
    const names = [
      "id",
      "2001",
      "Größe",
      "by",
      "aggregate",
      "count",
      "where",
      "_and",
      "node s",
      "true",
      'say ""hi""',
      ["`$", "{file}` \\n"].join(""),
      "機場",
      "Größe",
    ];
    await make(`${names.map((name) => `"${name}"`).join(",")}\n${names.map((_, i) => i + 1).join(",")}\n`);
    const { product } = await import(pathToFileURL(at("rows/product.js")).href);
    await using port = await startPort(product);
    expect(
      await ask(
        port.url,
        `{ rows { id field2001 grosse by aggregate count where and nodeS fieldTrue sayHi fileN field13 grosse1 }
           rows_groups { by { by count } aggregate { count } } }`,
      ),
    ).toEqual({
      data: {
        rows: [
          {
            id: 1,
            field2001: 2,
            grosse: 3,
            by: 4,
            aggregate: 5,
            count: 6,
            where: 7,
            and: 8,
            nodeS: 9,
            fieldTrue: 10,
            sayHi: 11,
            fileN: 12,
            field13: 13,
            grosse1: 14,
          },
        ],
        rows_groups: [{ by: { by: 4, count: 6 }, aggregate: { count: 1 } }],
      },
    });
  });

  it("takes the file along where that is wanted", async () => {
    const { files } = await make("id,name\n1,a\n", { copy: true });
    expect(files).toContain("data/rows.csv");
    expect(await readFile(at("rows/data/rows.csv"), "utf8")).toBe("id,name\n1,a\n");
    expect(await readFile(at("rows/product.js"), "utf8")).toContain(
      'new URL("data/rows.csv", import.meta.url)',
    );
  });

  it("finds `weft` without a download", async () => {
    await make("id,name\n1,a\n");
    const { dependencies } = JSON.parse(await readFile(at("rows/package.json"), "utf8"));
    expect(dependencies.weft).toMatch(/^file:/);
    const linked = JSON.parse(await readFile(at("rows/node_modules/weft/package.json"), "utf8"));
    expect(linked.name).toBe("weft");
    const command = execFileSync(at("rows/node_modules/.bin/weft"), ["--version"], { encoding: "utf8" });
    expect(command.trim()).toBe(linked.version);
  });

  it("is told in words, and as JSON", async () => {
    const report = initReport(await make("id,Long Name\n1,a\n2,b\n"), 12.4);
    const { folder, url, files, linked, ...told } = report;
    expect(told).toEqual({
      name: "rows",
      entity: "Row",
      collection: "rows",
      key: ["id"],
      rows: 2,
      rowsExact: true,
      fields: [
        { field: "id", type: "Int!", column: "id" },
        { field: "longName", type: "String", column: "Long Name" },
      ],
      leftOut: [],
      personal: [],
      references: [],
      silent: [],
      tookMs: 12,
    });
    expect(initText(report, "rows").split("\n").slice(0, 3)).toEqual([
      "rows is in rows/",
      "  entity  Row, by id; 2 rows",
      "  fields  id Int!, longName String",
    ]);
  });

  it("may be there already, empty", async () => {
    await mkdir(at("rows"));
    expect(await refused(make("id,name\n1,a\n"))).toBe("made");
  });
});

describe("references", () => {
  it("are made where the values are keys of an entity in the mesh", async () => {
    await using _mesh = await neighbours();
    const made = await make(
      referring("state_code", (i) => `c${i}`),
      { mesh: at("mesh.yaml") },
    );
    expect(made.references).toMatchObject([{ columns: ["state_code"], matched: 20, of: 20, byName: true }]);
    const { sdl, mesh } = await openFolder(at("rows"));
    expect(sdl).toContain("state: State");
    expect(mesh).toBe(at("mesh.yaml"));
  });

  it("are seen through a gateway as well", async () => {
    await using mesh = await neighbours();
    const made = await make(
      referring("state_code", (i) => `c${i}`),
      { gateway: mesh.states.url },
    );
    expect(made.references).toMatchObject([{ columns: ["state_code"], matched: 20, of: 20 }]);
  });

  it("are told apart by how many values match, where no name says it", async () => {
    await using _mesh = await neighbours();
    const made = await make(
      referring("place", (i) => `c${i + 10}`),
      { mesh: at("mesh.yaml") },
    );
    expect(made.references).toMatchObject([{ columns: ["place"], entity: { name: "Land" }, byName: false }]);
  });

  it("that nineteen of twenty values speak for are taken, and eighteen only proposed", async () => {
    await using _mesh = await neighbours();
    const some = async (missing: number, out: string) => {
      const csv = referring("state_code", (i) => (i < missing ? `x${i}` : `c${i}`));
      const { proposals, references } = await make(csv, { mesh: at("mesh.yaml"), out: at(out) });
      return [proposals.length, references.length];
    };
    expect(await some(1, "a")).toEqual([1, 1]);
    expect(await some(2, "b")).toEqual([1, 0]);
    expect(await some(3, "c")).toEqual([0, 0]);
  });

  it("of text that may match by chance are not proposed, nor is one of whole numbers without a name", async () => {
    await using _mesh = await neighbours();
    const { proposals } = await make(
      referring("place", (i) => `c${i % 5}`),
      { mesh: at("mesh.yaml") },
    );
    expect(proposals).toEqual([]);
  });

  it("add a to-many there, by another name where its own is taken", async () => {
    await using _mesh = await neighbours();
    await make(
      referring("state", (i) => `c${i}`),
      { mesh: at("mesh.yaml") },
    );
    expect((await openFolder(at("rows"))).sdl).toContain("rowsByState(");
  });

  it("that lead to one entity add a to-many each, called by what they are", async () => {
    await using _mesh = await neighbours();
    const rows = Array.from({ length: 20 }, (_, i) => `${i + 1},c${i + 10},c${29 - i}`);
    await make(["id,from_land,to_land", ...rows, ""].join("\n"), {
      mesh: at("mesh.yaml"),
      flags: { collection: "trips" },
    });
    const { sdl } = await openFolder(at("rows"));
    expect(sdl).toContain("tripsByFromLand(");
    expect(sdl).toContain("tripsByToLand(");
  });

  it("that would be called alike are called differently", async () => {
    await using _mesh = await neighbours();
    const rows = Array.from({ length: 20 }, (_, i) => `${i + 1},c${i},c${19 - i}`);
    const { draft } = await make(["id,state,state_code", ...rows, ""].join("\n"), { mesh: at("mesh.yaml") });
    expect(draft.entities.Row?.references).toMatchObject({
      state: { key: { code: "state" } },
      stateReference: { key: { code: "state_code" } },
    });
  });

  it("leave a column of the key where it is", async () => {
    await using _mesh = await neighbours();
    await make(
      referring("state", (i) => `c${i}`),
      { mesh: at("mesh.yaml"), flags: { key: "state" } },
    );
    const { sdl } = await openFolder(at("rows"));
    expect(sdl).toContain("stateCode: String!");
    expect(sdl).toContain("state: State");
  });

  it("to a product that is down are left out, and it is told", async () => {
    const mesh = await neighbours();
    const { url } = mesh.states;
    await mesh[Symbol.asyncDispose]();
    expect(
      await refused(
        make(
          referring("state", (i) => `c${i}`),
          { gateway: url },
        ),
      ),
    ).toMatch(/^INIT_MESH: /);
  });
});

describe("no folder is made", () => {
  const csv = "id,kind,note\n1,x,\n2,x,b\n";
  it.each<[string, Partial<InitOptions>, RegExp]>([
    ["under a name that is none", { name: "Rows" }, /^INIT_NAME: "Rows" is no name of a product/],
    [
      "with a key that is not there",
      { flags: { key: "nope" } },
      /^INIT_FLAG: --key: there is no column "nope"/,
    ],
    ["with a key that repeats", { flags: { key: "kind" } }, /^INIT_KEY: rows: kind has 1 values in 2 rows/],
    ["with a key that may be null", { flags: { key: "note" } }, /^INIT_KEY: rows: note is null in 1 rows/],
    [
      "with an objective that is no duration",
      { flags: { slo: "soon" } },
      /^INIT_FLAG: --slo: soon is no ISO 8601/,
    ],
    [
      "with an entity that is no name",
      { flags: { entity: "a b" } },
      /^INIT_FLAG: --entity: "a b" is no name/,
    ],
    ["with a collection that is no name", { flags: { collection: "__x" } }, /^INIT_FLAG: --collection: /],
    ["of a mesh that is not there", { mesh: "/nowhere/mesh.yaml" }, /^CONFIG_UNREADABLE: /],
    ["of a gateway that does not answer", { gateway: "http://127.0.0.1:1" }, /^INIT_MESH: /],
  ])("%s", async (_, options, told) => {
    expect(await refused(make(csv, options))).toMatch(told);
    expect(await readdir(directory.path)).toEqual(["rows.csv"]);
  });

  it("of a table that nothing tells the rows of apart", async () => {
    expect(await refused(make("a,b\n1,x\n1,x\n"))).toMatch(
      /^INIT_KEY: .*rows.csv: no column tells its rows apart/,
    );
  });

  it("where files are", async () => {
    await mkdir(at("rows"));
    await writeFile(at("rows/mine.txt"), "mine");
    expect(await refused(make(csv))).toMatch(/^INIT_FOLDER: .* holds files already/);
    expect(await readdir(at("rows"))).toEqual(["mine.txt"]);
  });

  it("where it would take the name of another's entity, collection or subgraph", async () => {
    await using _mesh = await neighbours();
    const mesh = at("mesh.yaml");
    expect(await refused(make(csv, { mesh, flags: { entity: "State" } }))).toMatch(
      /^INIT_NAME_TAKEN: .*entity State .* states/,
    );
    expect(await refused(make(csv, { mesh, flags: { collection: "lands" } }))).toMatch(
      /collection lands .* lands/,
    );
    expect(await refused(make(csv, { mesh, name: "lands", out: at("rows") }))).toMatch(/subgraph lands/);
  });

  it("where nothing can be written, and nothing is left behind", async () => {
    expect(await refused(make(csv, { out: at("rows.csv/rows") }))).toMatch(
      /^INIT_FOLDER: .* cannot be written/,
    );
    expect(await readdir(directory.path)).toEqual(["rows.csv"]);
  });
});
