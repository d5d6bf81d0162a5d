// The folder that `weft init` makes of a table in PostgreSQL: it answers, and no password is in it.
import { execFile } from "node:child_process";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import pg from "pg";
import { describe, expect, inject, it } from "vitest";
import { postgres, startPort } from "weft/sdk";
import { initProduct } from "../../cli/init/init-product.ts";
import { temporaryDirectory } from "../setup/temporary-directory.ts";

/** What `npm test` does in the folder, with the SDK as its source says it. */
function ownTests(folder: string) {
  const { NODE_OPTIONS: _, NODE_TEST_CONTEXT: __, VITEST: ___, ...env } = process.env;
  const tsx = import.meta.resolve("tsx");
  const args = ["--conditions=weft-source", "--import", tsx, "--test", "product.test.js"];
  return promisify(execFile)(process.execPath, args, { cwd: folder, env });
}

describe("a table with keys of uuid, an enum and text of fixed length", () => {
  const url = () => inject("postgresUrl");
  const made = async <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => {
    const client = new pg.Client({ connectionString: url() });
    await client.connect();
    await client.query(`
      create schema depot;
      set search_path to depot;
      create type mood as enum ('sent', 'due', 'Lost');
      create table customers (id uuid primary key, name text not null);
      insert into customers select md5(n::text)::uuid, 'c' || n from generate_series(1, 40) n;
      create table parcels (
        id uuid primary key, customer_id uuid not null references customers (id), status mood not null, code char(3), weight bytea);
      create table racks (room char(2), nr integer, label mood not null, primary key (room, nr));
      insert into racks select chr(97 + n % 7), n, 'due' from generate_series(1, 60) n;
      create table boxes (id uuid primary key, rack_nr integer, room char(2), foreign key (room, rack_nr) references racks (room, nr));
      insert into boxes select md5((n + 5000)::text)::uuid, nullif(n % 50 + 1, 9), chr(97 + (n % 50 + 1) % 7) from generate_series(1, 200) n;
      insert into parcels select md5((n + 1000)::text)::uuid, md5((n % 30 + 1)::text)::uuid,
        (enum_range(null::mood))[n % 3 + 1], nullif(to_hex(n), '7') from generate_series(1, 200) n;`);
    try {
      return await work(client);
    } finally {
      await client.query("drop schema depot cascade");
      await client.end();
    }
  };
  const init = (name: string, directory: string, known: { mesh?: string; gateway?: string } = {}) =>
    initProduct(
      {
        name,
        from: `${url()}/depot.${name}`,
        out: join(directory, name),
        flags: { owner: "o", contact: "c@weft.example" },
        ...known,
      },
      { signal: new AbortController().signal },
    );

  /** A mesh of one product, made of a table. */
  const meshOf = async (name: string, directory: string) => {
    await init(name, directory);
    const { product } = await import(pathToFileURL(join(directory, name, "product.js")).href);
    const port = await startPort(product, { engine: postgres({ url: url(), schema: "depot" }) });
    const file = join(directory, "mesh.yaml");
    await writeFile(file, JSON.stringify({ subgraphs: [{ name, url: `${port.url}/graphql` }] }));
    return { file, url: port.url, [Symbol.asyncDispose]: () => port[Symbol.asyncDispose]() };
  };

  it("is made into a product that refers to another, and passes its own tests", { timeout: 120_000 }, () =>
    made(async () => {
      await using directory = await temporaryDirectory();
      await using mesh = await meshOf("customers", directory.path);
      const { draft, table, proposals } = await init("parcels", directory.path, { mesh: mesh.file });
      expect(table.leftOut).toEqual([{ name: "weight", type: "bytea" }]);
      expect(proposals).toMatchObject([{ columns: ["customer_id"], byName: true, matched: 30, of: 30 }]);
      expect(draft.neighbours).toEqual({ Customer: { id: "String" } });
      expect(draft.entities.Parcel).toMatchObject({
        key: ["id"],
        columns: { id: { type: "String!" }, status: { type: "String!" }, code: { type: "String" } },
        references: { customer: { entity: "Customer", key: { id: "customer_id" } } },
      });
      const { stdout } = await ownTests(join(directory.path, "parcels")).catch((failed) => failed);
      expect(stdout).toMatch(/^. fail 0$/m);
      expect(stdout).toMatch(/^. pass \d\d+$/m);
    }),
  );

  it("refers by a foreign key of several columns", () =>
    made(async () => {
      await using directory = await temporaryDirectory();
      await using mesh = await meshOf("racks", directory.path);
      const { draft, proposals } = await init("boxes", directory.path, { mesh: mesh.file });
      expect(proposals).toMatchObject([{ columns: ["room", "rack_nr"], byName: true, matched: 49, of: 49 }]);
      expect(draft.neighbours).toEqual({ Rack: { room: "String", nr: "Int" } });
      await rm(join(directory.path, "boxes"), { recursive: true });
      expect((await init("boxes", directory.path, { gateway: mesh.url })).draft.entities).toEqual(
        draft.entities,
      );
      expect(draft.entities.Box).toMatchObject({
        columns: { id: { type: "String!" } },
        references: {
          rack: { entity: "Rack", key: { room: "room", nr: "rack_nr" }, inverse: { field: "boxes" } },
        },
      });
    }));
});

it("is of the table as it is, with the password left to the environment", async () => {
  const plain = inject("postgresUrl");
  const client = new pg.Client({ connectionString: plain });
  await client.connect();
  await client.query(`
    create schema shop;
    create table shop."Order Lines" ("Order" integer, line integer, total numeric(10, 2) not null, primary key ("Order", line));
    comment on table shop."Order Lines" is 'One line
      of an order.';
    insert into shop."Order Lines" values (1, 1, 9.50), (1, 2, 0.05)`);
  await using directory = await temporaryDirectory();
  const secret = new URL(plain);
  // The server trusts whoever asks from here: any password will do.
  if (secret.password === "") secret.password = "topsecret";
  const folder = join(directory.path, "lines");
  const made = await initProduct(
    {
      name: "order-lines",
      from: `${secret}/shop.Order%20Lines`,
      out: folder,
      flags: { owner: "o", contact: "c@weft.example" },
    },
    { signal: new AbortController().signal },
  );
  expect(made.draft.entities).toMatchObject({
    OrderLine: {
      description: "One line of an order.",
      collection: "orderLines",
      table: "Order Lines",
      key: ["order", "line"],
      columns: { order: { type: "Int!", column: "Order" }, total: { type: "Decimal!" } },
    },
  });
  for (const file of await readdir(folder))
    if (file !== "node_modules")
      expect(await readFile(join(folder, file), "utf8")).not.toContain(secret.password);
  const { product } = await import(pathToFileURL(join(folder, "product.js")).href);
  await using port = await startPort(product, { engine: postgres({ url: secret.href, schema: "shop" }) });
  const response = await fetch(`${port.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: "{ orderLines { order line total } }" }),
  });
  expect(await response.json()).toEqual({
    data: {
      orderLines: [
        { order: 1, line: 1, total: "9.5" },
        { order: 1, line: 2, total: "0.05" },
      ],
    },
  });
  await client.query("drop schema shop cascade");
  await client.end();
});
