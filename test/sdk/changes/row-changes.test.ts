// Rows that change in PostgreSQL become events with their keys, in the order of commits, whoever writes them and however.
import pg from "pg";
import { describe, expect, inject, it } from "vitest";
import type { ChangeEvent } from "weft/schema";
import { type ChangedTable, postgresChanges } from "weft/sdk";
import { postgresSchema } from "../support/postgres-schema.ts";
import { gatewayReceiver } from "./support/gateway-receiver.ts";
import { follow, harbour, harbourTables, openHarbour, secret } from "./support/harbour.ts";

const url = inject("postgresUrl");

const saidBy = (events: readonly ChangeEvent[]) =>
  events.map(({ data: { entity, keys } }) => [entity, keys ?? "whole"]);

/** What is announced by these statements, each a transaction of its own (or several statements as one). */
async function announced(events: number, ...transactions: readonly string[]) {
  await using receiver = await gatewayReceiver({ secret });
  await using open = await openHarbour(url, { keysMax: 100 });
  await using _ = follow(open.source, [receiver.url]);
  for (const statements of transactions) await open.schema.query(statements);
  await open.schema.query("select weft_changed('End')");
  const taken = await receiver.took(events + 1);
  expect(taken.map(({ sequence }) => Number(sequence))).toEqual(taken.map((_, i) => i + 1));
  return saidBy(taken).slice(0, -1);
}

async function sessionIn(schema: string): Promise<pg.Client & AsyncDisposable> {
  const client = new pg.Client({ connectionString: url, options: `-c search_path=${schema}` });
  await client.connect();
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
}

const fleet = (from: number, to: number) =>
  `insert into ships select i, 'ship ' || i, 1 from generate_series(${from}, ${to}) as i`;

describe("a change of rows", () => {
  it("is an event with their keys: inserted, updated, deleted", async () => {
    const told = await announced(
      3,
      "insert into ships values (1, 'Ada', 10), (2, 'Bea', 20)",
      "update ships set tons = 11 where imo = 1",
      "delete from ships where imo = 2",
    );
    expect(told).toEqual([
      ["Ship", [{ imo: 1 }, { imo: 2 }]],
      ["Ship", [{ imo: 1 }]],
      ["Ship", [{ imo: 2 }]],
    ]);
  });

  it("of a key names the old one and the new one", async () => {
    const told = await announced(2, "insert into ships values (1, 'Ada', 10)", "update ships set imo = 9");
    expect(told[1]).toEqual(["Ship", [{ imo: 1 }, { imo: 9 }]]);
  });

  it("is told with the parts of a composite key as they are on the wire", async () => {
    const told = await announced(
      1,
      `insert into "Berths" values ('O''Hara "1"', 9007199254740993, '2026-03-01 12:00:00.5+02', 12.50)`,
    );
    expect(told).toEqual([
      ["Berth", [{ port: `O'Hara "1"`, number: "9007199254740993", since: "2026-03-01T10:00:00.5Z" }]],
    ]);
  });

  it("of no row at all is none", async () => {
    expect(
      await announced(
        0,
        "update ships set tons = 1",
        "delete from ships",
        "insert into ships select * from ships",
      ),
    ).toEqual([]);
  });

  it("that is rolled back is none, nor is what a savepoint took back", async () => {
    const told = await announced(
      1,
      `begin; ${fleet(1, 1)}; rollback`,
      `begin; ${fleet(2, 2)}; savepoint s; ${fleet(3, 3)}; rollback to s; ${fleet(4, 4)}; commit`,
    );
    expect(told).toEqual([["Ship", [{ imo: 2 }, { imo: 4 }]]]);
  });

  it("in one transaction with others is one event for each entity", async () => {
    const berth = `insert into "Berths" values ('SFO', 1, '2026-01-01Z', 1)`;
    const told = await announced(2, `begin; ${fleet(1, 2)}; ${berth}; update ships set tons = 2; commit`);
    expect(told.map(([entity]) => entity)).toEqual(["Ship", "Berth"]);
    expect(told[0]?.[1]).toEqual([{ imo: 1 }, { imo: 2 }]);
  });

  it("that inserts or updates, or merges, names both", async () => {
    const told = await announced(
      3,
      fleet(1, 1),
      "insert into ships values (1, 'again', 1), (2, 'new', 1) on conflict (imo) do update set name = excluded.name",
      `merge into ships using (values (2), (3)) as v(imo) on ships.imo = v.imo
        when matched then delete when not matched then insert values (v.imo, 'merged', 1)`,
    );
    expect(told.slice(1)).toEqual([
      ["Ship", [{ imo: 1 }, { imo: 2 }]],
      ["Ship", [{ imo: 2 }, { imo: 3 }]],
    ]);
  });

  it("of more rows than may be named is one event of the whole product", async () => {
    expect(await announced(3, fleet(1, 10_000), "update ships set tons = 2", "delete from ships")).toEqual([
      ["Ship", "whole"],
      ["Ship", "whole"],
      ["Ship", "whole"],
    ]);
  });

  it("of just as many names them all; of one more, or in several statements, none", async () => {
    const [all, keys, more, several] = await announced(
      4,
      fleet(1, 100),
      "update ships set imo = imo + 1000 where imo <= 50",
      "update ships set imo = imo + 5000 where imo between 51 and 101 or imo > 1000",
      `begin; ${fleet(1, 60)}; ${fleet(101, 160)}; commit`,
    );
    expect(all?.[1]).toHaveLength(100);
    expect(keys?.[1]).toHaveLength(100);
    expect([more, several]).toEqual([
      ["Ship", "whole"],
      ["Ship", "whole"],
    ]);
  });

  it("that empties the table is one of the whole product", async () => {
    expect(await announced(2, fleet(1, 2), "truncate ships")).toMatchObject([{}, ["Ship", "whole"]]);
  });

  it("by who lets no constraint wait is told all the same", async () => {
    const told = await announced(
      2,
      `begin; set constraints all immediate; ${fleet(1, 2)}; ${fleet(3, 3)}; commit`,
    );
    expect(told).toEqual([
      ["Ship", [{ imo: 1 }, { imo: 2 }]],
      ["Ship", [{ imo: 3 }]],
    ]);
  });

  it("that a foreign key passes on is told all the same", async () => {
    const told = await announced(
      4,
      `begin; ${fleet(1, 2)}; insert into "Berths" values ('A', 1, '2026-01-01Z', 1), ('B', 2, '2026-01-01Z', 1); commit`,
      `alter table "Berths" add foreign key ("no") references ships on delete cascade`,
      "delete from ships where imo = 1",
    );
    const berth = (port: string, number: string) => ({ port, number, since: "2026-01-01T00:00:00Z" });
    expect(told).toEqual([
      ["Ship", [{ imo: 1 }, { imo: 2 }]],
      ["Berth", [berth("A", "1"), berth("B", "2")]],
      ["Ship", [{ imo: 1 }]],
      ["Berth", [berth("A", "1")]],
    ]);
  });

  it("row by row in one long transaction is still one event, soon told", async () => {
    const each = "do $$ begin for i in 1..5000 loop insert into ships values (i, 'x', 1); end loop; end $$";
    expect(await announced(1, each)).toEqual([["Ship", "whole"]]);
  });
});

it("comes in the order of commits, without a gap, from eight who write at once", async () => {
  await using receiver = await gatewayReceiver({ secret });
  await using open = await openHarbour(url);
  await using _ = follow(open.source, [receiver.url], { eventsMax: 7 });
  const pool = new pg.Pool({ connectionString: url, max: 8, options: `-c search_path=${open.schema.name}` });
  let writing = true;
  const writers = Promise.all(
    Array.from({ length: 8 }, async (_, writer) => {
      for (let i = 0; i < 25; i++) {
        const session = await pool.connect();
        await session.query("begin");
        await session.query("insert into ships values ($1, 'x', 1)", [writer * 1000 + i]);
        await session.query(i % 5 === 0 ? "rollback" : "commit");
        session.release();
      }
    }),
  ).finally(() => {
    writing = false;
  });
  // Whoever reads in between sees a beginning of the sequence, never one with holes that are filled later.
  while (writing) {
    const [seen] = await open.schema.query(
      "select count(*)::integer as events, coalesce(max(sequence), 0)::integer as last from weft_outbox",
    );
    expect(seen?.events).toBe(seen?.last);
  }
  await writers;
  await pool.end();
  const taken = await receiver.took(160);
  expect(taken.map(({ sequence }) => Number(sequence))).toEqual(Array.from({ length: 160 }, (_, i) => i + 1));
  const ships = taken.map(({ data }) => Number(data.keys?.[0]?.imo));
  for (let writer = 0; writer < 8; writer++) {
    const mine = ships.filter((imo) => Math.floor(imo / 1000) === writer);
    expect(mine).toHaveLength(20);
    expect(mine).toEqual(mine.toSorted((a, b) => a - b));
  }
});

it("lets two who wait for each other's rows go on: the counter is locked only while they commit", async () => {
  await using open = await openHarbour(url);
  await open.schema.query("insert into ships values (1, 'Ada', 1), (2, 'Bea', 1)");
  await using first = await sessionIn(open.schema.name);
  await using second = await sessionIn(open.schema.name);
  await first.query("begin; insert into ships values (3, 'Cat', 1)");
  await second.query("begin; update ships set tons = 2 where imo = 2");
  const waiting = first.query("update ships set tons = 3 where imo = 2");
  await second.query("commit");
  await waiting;
  await first.query("commit");
  const rows = await open.schema.query("select keys from weft_outbox order by sequence");
  expect(rows.slice(1)).toEqual([{ keys: [{ imo: 2 }] }, { keys: [{ imo: 2 }, { imo: 3 }] }]);
});

it("fails a transaction of a stricter level where another committed since it began, to be tried again", async () => {
  await using open = await openHarbour(url);
  const { name } = open.schema;
  await using strict = await sessionIn(name);
  await strict.query("begin isolation level repeatable read; select from ships");
  await open.schema.query("insert into ships values (1, 'Ada', 1)");
  await strict.query("insert into ships values (2, 'Bea', 1)");
  await expect(strict.query("commit")).rejects.toMatchObject({ code: "40001" });
  await strict.query("begin isolation level repeatable read; insert into ships values (2, 'Bea', 1); commit");
  expect(await open.schema.query("select sequence, keys from weft_outbox order by sequence")).toEqual([
    { sequence: "1", keys: [{ imo: 1 }] },
    { sequence: "2", keys: [{ imo: 2 }] },
  ]);
});

it("is told of a partitioned table by its own name", async () => {
  await using schema = await postgresSchema(url, [
    "create table ships (imo integer primary key, name text) partition by range (imo)",
    "create table ships_low partition of ships for values from (0) to (10)",
    "create table ships_high partition of ships for values from (10) to (20)",
  ]);
  const tables = [{ table: "ships", entity: "Ship", key: { imo: "imo" } }];
  const connection = { url, schema: schema.name };
  await postgresChanges({ connection, product: harbour(url, schema.name), tables }).install();
  await schema.query("insert into ships values (1, 'Ada'), (11, 'Bea')");
  await schema.query("update ships set imo = imo + 8"); // one moves from partition to partition
  expect(await schema.query("select keys from weft_outbox order by sequence")).toEqual([
    { keys: [{ imo: 1 }, { imo: 11 }] },
    { keys: [{ imo: 1 }, { imo: 9 }, { imo: 11 }, { imo: 19 }] },
  ]);
});

describe("whoever writes", () => {
  it("needs no rights on the outbox, and no search path", async () => {
    await using open = await openHarbour(url);
    const { name } = open.schema;
    await open.schema.query(`create role ${name} login`);
    await open.schema.query(`grant usage on schema ${name} to ${name}; grant insert on ships to ${name}`);
    await open.schema.query(`set session authorization ${name}`);
    await open.schema.query(`set search_path to pg_catalog`);
    await open.schema.query(`insert into ${name}.ships values (1, 'Ada', 1)`);
    await open.schema.query(`reset session authorization; set search_path to ${name}`);
    expect(await open.schema.query("select entity, keys from weft_outbox")).toEqual([
      { entity: "Ship", keys: [{ imo: 1 }] },
    ]);
    await open.schema.query(`drop owned by ${name}; drop role ${name}`);
  });

  it("is not hindered where a key's column has got another name: the event is of the whole product", async () => {
    await using open = await openHarbour(url);
    await open.schema.query("alter table ships rename imo to number");
    await open.schema.query("insert into ships values (1, 'Ada', 1)");
    expect(await open.schema.query("select entity, keys from weft_outbox")).toEqual([
      { entity: "Ship", keys: null },
    ]);
  });
});

describe("installing", () => {
  it("again changes nothing, and keeps what was announced", async () => {
    await using open = await openHarbour(url);
    await open.schema.query("insert into ships values (1, 'Ada', 1)");
    const triggers = () => open.schema.query("select oid from pg_trigger order by oid");
    const before = await triggers();
    await open.changes.install();
    expect(await triggers()).toEqual(before);
    expect(await open.schema.query("select sequence from weft_outbox")).toHaveLength(1);
  });

  it("again makes a trigger that is gone", async () => {
    await using open = await openHarbour(url);
    const [trigger] = await open.schema.query(
      "select tgname from pg_trigger where tgrelid = 'ships'::regclass and tgname like 'weft_insert_%'",
    );
    await open.schema.query(`drop trigger "${trigger?.tgname}" on ships`);
    await open.changes.install();
    await open.schema.query("insert into ships values (1, 'Ada', 1)");
    expect(await open.schema.query("select sequence from weft_outbox")).toHaveLength(1);
  });

  it("by eight at once is done once", async () => {
    await using schema = await postgresSchema(url, harbourTables);
    const connection = { url, schema: schema.name };
    const changes = postgresChanges({ connection, product: harbour(url, schema.name) });
    await Promise.all(Array.from({ length: 8 }, () => changes.install()));
    await schema.query("insert into ships values (1, 'Ada', 1)");
    expect(await schema.query("select sequence from weft_outbox")).toHaveLength(1);
  });

  it("by a migration with the printed SQL is the same", async () => {
    await using schema = await postgresSchema(url, harbourTables);
    const connection = { url, schema: schema.name };
    const changes = postgresChanges({ connection, product: harbour(url, schema.name) });
    await schema.query(changes.sql);
    await schema.query(changes.sql);
    const functions = () => schema.query("select xmin from pg_proc order by oid");
    const before = await functions();
    await changes.install();
    expect(await functions()).toEqual(before);
    await schema.query("insert into ships values (1, 'Ada', 1)");
    expect(await schema.query("select sequence from weft_outbox")).toHaveLength(1);
  });

  describe("on tables whose rows belong to an entity", () => {
    const visits = "create table visits (ship integer, other integer, day date)";
    const installed = async (schema: string, ...tables: readonly ChangedTable[]) => {
      const connection = { url, schema };
      const product = harbour(url, schema);
      await postgresChanges({ connection, product, tables, keysMax: 3 }).install();
    };
    const guests: ChangedTable = { table: "visits", entity: "Ship", key: { imo: "ship" } };
    const hosts: ChangedTable = { table: "visits", entity: "Ship", key: { imo: "other" } };
    const own: ChangedTable = { table: "ships", entity: "Ship", key: { imo: "imo" } };

    it("names that entity's keys, and none is lost among many rows", async () => {
      await using schema = await postgresSchema(url, [...harbourTables, visits]);
      await installed(schema.name, guests);
      await schema.query(
        "insert into visits values (1, 7, '2026-01-01'), (1, 7, '2026-01-02'), (2, 7, null)",
      );
      await schema.query("update visits set day = day + 10 where ship = 1");
      // Four rows of two ships: one too many to have been read as a whole.
      await schema.query("insert into visits values (4, 0), (4, 1), (4, 2), (5, 3)");
      // Four rows lose their ship and one gets another: too many on one side alone.
      await schema.query("update visits set ship = case when other = 3 then 6 end where ship in (4, 5)");
      await schema.query("update visits set ship = null where ship = 6");
      expect(await schema.query("select keys from weft_outbox order by sequence")).toEqual([
        { keys: [{ imo: 1 }, { imo: 2 }] },
        { keys: [{ imo: 1 }] },
        { keys: null },
        { keys: null },
        { keys: [{ imo: 6 }] },
      ]);
    });

    it("says nothing of rows that hold no key", async () => {
      await using schema = await postgresSchema(url, [...harbourTables, visits]);
      await installed(schema.name, guests);
      await schema.query("insert into visits values (null, 1, '2026-01-01'); update visits set day = null");
      expect(await schema.query("select keys from weft_outbox")).toEqual([]);
    });

    it("tells of several keys in a row, and of several tables, in one event", async () => {
      await using schema = await postgresSchema(url, [...harbourTables, visits]);
      await installed(schema.name, own, guests, hosts);
      await schema.query(
        "begin; insert into visits values (1, 2); insert into ships values (3, 'x', 1); commit",
      );
      expect(await schema.query("select keys from weft_outbox")).toEqual([
        { keys: [{ imo: 1 }, { imo: 2 }, { imo: 3 }] },
      ]);
    });

    it("ends what is announced no more", async () => {
      await using schema = await postgresSchema(url, [...harbourTables, visits]);
      await installed(schema.name, own, guests);
      await installed(schema.name, own, hosts);
      await schema.query("insert into visits values (1, 2)");
      await installed(schema.name, own);
      await schema.query("insert into visits values (1, 2)");
      expect(await schema.query("select keys from weft_outbox")).toEqual([{ keys: [{ imo: 2 }] }]);
    });
  });

  it.each([
    ["an entity that is not there", { table: "ships", entity: "Boat", key: { imo: "imo" } }, "Boat"],
    ["a key that is another", { table: "ships", entity: "Ship", key: { name: "name" } }, "found by imo"],
  ])("is refused for %s", (_, table, problem) => {
    const product = harbour(url, "public");
    expect(() => postgresChanges({ connection: { url }, product, tables: [table] })).toThrow(problem);
  });

  it("is refused for a table that is not there, and in the schema of another product", async () => {
    await using open = await openHarbour(url);
    const connection = { url, schema: open.schema.name };
    const product = harbour(url, open.schema.name);
    const tables = [{ table: "boats", entity: "Ship", key: { imo: "imo" } }];
    await expect(postgresChanges({ connection, product, tables }).install()).rejects.toMatchObject({
      code: "CHANGES_NOT_INSTALLED",
      message: expect.stringContaining("boats"),
    });
    const another = { ...product, id: "lighthouse" };
    await expect(postgresChanges({ connection, product: another }).install()).rejects.toMatchObject({
      code: "CHANGES_NOT_INSTALLED",
      message: expect.stringContaining("harbour"),
    });
  });
});
