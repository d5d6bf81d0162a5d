// The outbox of change events: written with the change, numbered in the order of commits.
import pg from "pg";
import { expect, inject, it } from "vitest";
import { changeEventSchema, outboxSql } from "../../schema/weft-schema.ts";
import { postgresSchema } from "./support/postgres-schema.ts";

const url = inject("postgresUrl");

async function session(schema: string): Promise<pg.Client & AsyncDisposable> {
  const client = new pg.Client({ connectionString: url, options: `-c search_path=${schema}` });
  await client.connect();
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
}

const changed = `select weft_changed('Airport', '[{"iata": "SFO"}]')`;

it("holds what makes an event", async () => {
  await using schema = await postgresSchema(url, [outboxSql]);
  await schema.query(changed);
  await schema.query("select weft_changed('Airport')");
  const rows = await schema.query(
    "select sequence, entity, keys, version from weft_outbox order by sequence",
  );
  expect(rows).toEqual([
    { sequence: "1", entity: "Airport", keys: [{ iata: "SFO" }], version: null },
    { sequence: "2", entity: "Airport", keys: null, version: null },
  ]);
  const [{ sequence, entity, keys } = {}] = rows;
  const event = {
    specversion: "1.0",
    type: "weft.product.changed",
    id: `airports/${sequence}`,
    source: "airports",
    sequence,
    data: { entity, keys },
  };
  expect(changeEventSchema.parse(event)).toMatchObject({ sequence: "1" });
});

it("leaves no gap for a transaction that is rolled back", async () => {
  await using schema = await postgresSchema(url, [outboxSql]);
  await schema.query("begin");
  await schema.query(changed);
  await schema.query("rollback");
  await schema.query(changed);
  expect(await schema.query("select sequence from weft_outbox")).toEqual([{ sequence: "1" }]);
});

it("numbers in the order of commits: who comes second waits for the first", async () => {
  await using schema = await postgresSchema(url, [outboxSql]);
  await using first = await session(schema.name);
  await using second = await session(schema.name);
  await first.query("begin");
  await first.query(changed);
  let done = false;
  const waiting = second.query(changed).then(() => {
    done = true;
  });
  await first.query("select pg_sleep(0.1)");
  expect(done).toBe(false);
  expect(await schema.query("select count(*)::integer as seen from weft_outbox")).toEqual([{ seen: 0 }]);
  await first.query("commit");
  await waiting;
  const rows = await schema.query("select sequence from weft_outbox order by at");
  expect(rows).toEqual([{ sequence: "1" }, { sequence: "2" }]);
});
