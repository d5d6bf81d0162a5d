// What is read of a table in PostgreSQL: from its catalog, and counted where that does not say. Nothing is written there.
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type { Fault } from "../../schema/product/fault.ts";
import { openSource } from "../../sdk/introspect/open-source.ts";

const signal = new AbortController().signal;
const url = () => inject("postgresUrl");
const session = async (work: (client: pg.Client) => Promise<unknown>) => {
  const client = new pg.Client({ connectionString: url() });
  await client.connect();
  await work(client).finally(() => client.end());
};
const read = async (from: string) => {
  await using source = await openSource(from, { signal });
  return source.table;
};
const refused = (from: string) =>
  openSource(from, { signal }).then(
    () => "opened",
    ({ code, message }: Fault) => `${code}: ${message}`,
  );

beforeAll(() =>
  session((client) =>
    client.query(`
      create schema introspected;
      set search_path to introspected;
      create domain positive as integer check (value > 0);
      create table airlines (code varchar(3) primary key);
      create table lounges (
        id serial primary key, "Lounge Name" text not null, airport varchar(3) not null, opened timestamptz,
        seats positive, logo bytea, price numeric(10, 2), airline varchar(3) references airlines (code),
        unique ("Lounge Name", airport));
      comment on table lounges is 'Lounges of the airports.';
      comment on column lounges.seats is 'Seats.';
      insert into lounges ("Lounge Name", airport, seats) values ('a', 'SFO', 1), ('b', 'JFK', 2), ('c', 'SFO', null);
      create view seen as select id, airport from lounges;
      create table bytes (b bytea);`),
  ),
);
afterAll(() => session((client) => client.query("drop schema introspected cascade")));

describe("a table of PostgreSQL", () => {
  it("is read with its comments, keys, foreign keys and counts", async () => {
    const table = await read(`${url()}/introspected.lounges`);
    expect(table).toMatchObject({
      name: "lounges",
      comment: "Lounges of the airports.",
      rows: 3,
      rowsExact: true,
      keys: [["id"], ["Lounge Name", "airport"]],
      leftOut: [{ name: "logo", type: "bytea" }],
      foreignKeys: [{ columns: ["airline"], table: "introspected.airlines", targetColumns: ["code"] }],
    });
    const shown = table.columns.map(({ name, scalars, required, nulls }) => [
      name,
      scalars[0],
      required,
      nulls,
    ]);
    expect(shown).toEqual([
      ["id", "Int", true, 0],
      ["Lounge Name", "String", true, 0],
      ["airport", "String", true, 0],
      ["opened", "DateTime", false, 3],
      ["seats", "Int", false, 1],
      ["price", "Decimal", false, 3],
      ["airline", "String", false, 3],
    ]);
    expect(table.columns.find(({ name }) => name === "seats")?.comment).toBe("Seats.");
  });

  it.each([
    ["/introspected.lounges"],
    ["/introspected/lounges"],
    ["?table=introspected.lounges"],
  ])("is named by %s", async (path) => expect((await read(`${url()}${path}`)).name).toBe("lounges"));

  it("of a view is counted, for nothing promises its keys", async () => {
    const { keys, columns } = await read(`${url()}/introspected.seen`);
    expect(keys).toEqual([["id"]]);
    expect(columns.every(({ required }) => !required)).toBe(true);
  });

  it("is sampled and counted", async () => {
    await using source = await openSource(`${url()}/introspected.lounges`, { signal });
    expect((await source.sample(["airport"], 5, { signal })).toSorted()).toEqual([["JFK"], ["SFO"]]);
    expect(await source.countDistinct(["airport"], { signal })).toBe(2);
  });
});

describe("what cannot be read", () => {
  it("is told with the tables that are there", async () => {
    expect(await refused(`${url()}/introspected.nope`)).toMatch(
      /^SOURCE_TABLE: .*no table introspected\.nope; there are .*introspected\.lounges/,
    );
    expect(await refused(url())).toMatch(/^SOURCE_TABLE: .*it names no table/);
  });

  it("has no column that can be served", async () => {
    expect(await refused(`${url()}/introspected.bytes`)).toMatch(/^SOURCE_WITHOUT_COLUMNS/);
  });

  it("is told without the password", async () => {
    const told = await refused("postgres://someone:topsecret@127.0.0.1:1/db/t");
    expect(told).toMatch(/^SOURCE_UNREADABLE: postgres:\/\/someone@127.0.0.1:1\/db cannot be read/);
    expect(told).not.toContain("topsecret");
    expect(await refused("postgres://someone:topsecret@:::/db/t")).not.toContain("topsecret");
  });
});
