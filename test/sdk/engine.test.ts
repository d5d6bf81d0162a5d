// The engine: sealed once it is loaded, stopped when asked, whole afterwards, and the same on every machine.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { defineProduct, duckdb, sql } from "weft/sdk";
import { askedPort } from "./support/asking.ts";
import { code, only, patient, statement } from "./support/one-statement.ts";

/** Counts 10^10 pairs: minutes, if nobody stops it. */
const slow =
  "select count(*)::varchar from range(100000) a, range(100000) b where (a.range * b.range) % 7 = 3";

describe("a sealed engine", () => {
  test("reads files while loading and none afterwards", async () => {
    const folder = await mkdtemp(join(tmpdir(), "weft-engine-"));
    const file = join(folder, "it's.csv");
    try {
      await writeFile(file, "name\nAnn\n");
      await using engine = await duckdb({ load: [sql`create table people as from read_csv(${file})`] })();
      expect(await only(engine, "select name from people")).toEqual(["Ann"]);
      for (const attempt of [
        sql`select content from read_text(${file})`,
        sql`select name from read_csv(${file})`,
        sql`select name from ${file}`,
        sql`copy people to ${file}`,
        sql`attach ${file} as other`,
        sql`export database ${folder}`,
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "set lock_configuration = false",
        "reset enable_external_access",
        "set memory_limit = '1TB'",
        "select content from read_text('http://127.0.0.1:1/')",
      ])
        expect([attempt, await code(engine.run(statement(attempt), { signal: patient }))]).toEqual([
          attempt,
          "STATEMENT_FAILED",
        ]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("refuses to open where a statement fails, and says which", async () => {
    const opening = duckdb({ load: ["create table a (id integer)", "insert into b values (1)"] })();
    await expect(opening).rejects.toMatchObject({
      code: "LOADING_FAILED",
      extensions: { statement: "insert into b values (1)" },
    });
  });

  test("has the same clock whatever the machine's zone", async () => {
    const script = `
      import { duckdb } from "weft/sdk";
      const engine = await duckdb({ load: ["create table t as select timestamptz '2001-01-01 00:00:00' as m"] })();
      const text = "select current_setting('TimeZone') || epoch_ms(m) || (m::varchar) as only from t";
      const statement = { sql: text, parameters: [], output: [{ name: "only", scalar: "String" }], rowsMax: 1, at: "" };
      console.log((await engine.run(statement, { signal: new AbortController().signal }))[0].only);
      await engine[Symbol.asyncDispose]();`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--conditions=weft-source", "--import", "tsx", "--input-type=module", "--eval", script],
      {
        cwd: fileURLToPath(new URL("../..", import.meta.url)),
        env: { ...process.env, TZ: "America/New_York" },
      },
    );
    expect(stdout.trim()).toBe("UTC9783072000002001-01-01 00:00:00+00");
  });
});

describe("a statement", () => {
  test.each([
    [0],
    [1],
    [2],
    [5],
    [20],
  ])("that is stopped after %i ms ends at once, running or not yet, on every connection", async (stopMs) => {
    await using engine = await duckdb({ load: [] })();
    const startedMs = performance.now();
    const codes = await Promise.all(
      Array.from({ length: 8 }, () =>
        code(engine.run(statement(slow), { signal: AbortSignal.timeout(stopMs) })),
      ),
    );
    expect(codes).toEqual(Array(8).fill("STATEMENT_STOPPED"));
    expect(performance.now() - startedMs).toBeLessThan(2_000);
    const answers = await Promise.all(Array.from({ length: 8 }, () => only(engine, "select 'fine'")));
    expect(answers).toEqual(Array(8).fill(["fine"]));
  });

  test("that was stopped before it came does not run", async () => {
    await using engine = await duckdb({ load: [] })();
    expect(await code(engine.run(statement("select 1"), { signal: AbortSignal.abort() }))).toBe(
      "STATEMENT_STOPPED",
    );
  });

  test("does not stop its neighbours", async () => {
    await using engine = await duckdb({ load: [] })();
    const stopped = engine.run(statement(slow), { signal: AbortSignal.timeout(50) });
    const counted = only(engine, "select count(*)::varchar from range(20000000) where range % 3 = 0");
    expect(await code(stopped)).toBe("STATEMENT_STOPPED");
    expect(await counted).toEqual(["6666667"]);
  });

  test("waits for a connection, and is refused where too many wait", async () => {
    await using engine = await duckdb({ load: [], connectionsMax: 1, queueMax: 2 })();
    const stop = new AbortController();
    const running = Array.from({ length: 3 }, () =>
      code(engine.run(statement(slow), { signal: stop.signal })),
    );
    await new Promise(setImmediate);
    expect(await code(engine.run(statement("select 1"), { signal: patient }))).toBe("QUEUE_MAX");
    stop.abort();
    expect(await Promise.all(running)).toEqual(Array(3).fill("STATEMENT_STOPPED"));
    expect(await only(engine, "select 'fine'")).toEqual(["fine"]);
  });

  test("of too many rows, or of too much memory, fails alone", async () => {
    await using engine = await duckdb({ load: [], memoryMax: "32MB" })();
    expect(
      await code(engine.run(statement("select range::varchar from range(11)", 10), { signal: patient })),
    ).toBe("ROWS_MAX");
    const large = "select md5(range::varchar) from range(5000000) order by 1 limit 5000000";
    expect(await code(engine.run(statement(large), { signal: patient }))).toBe("STATEMENT_FAILED");
    expect(await only(engine, "select 'fine'")).toEqual(["fine"]);
  });
});

describe("a port's deadline", () => {
  const product = defineProduct({
    id: "wide",
    version: "1.0.0",
    domain: "test",
    owner: "Test",
    contact: "test@weft.example",
    freshness: { slo: "P1D" },
    engine: duckdb({
      load: [
        "create table small as select 1::integer as id",
        `create view wide as select a.range::integer as id, sqrt(a.range * b.range)::varchar as name
          from range(100000) a, range(100000) b`,
      ],
      connectionsMax: 1,
    }),
    entities: {
      Wide: {
        description: "A row of many.",
        collection: "wide",
        key: ["id"],
        columns: {
          id: { type: "Int!", description: "Number." },
          name: { type: "String!", description: "Name." },
        },
      },
      Small: {
        description: "A row.",
        collection: "small",
        key: ["id"],
        columns: { id: { type: "Int!", description: "Number." } },
      },
    },
  });
  const question = '{ wide_aggregate(where: { name: { _like: "%9%8%7%6%" } }) { aggregate { count } } }';

  test("stops the statement in the engine, and the next one runs", async () => {
    await using port = await askedPort(product, { statementTimeoutMs: 200 });
    const startedMs = performance.now();
    const { errors } = await port.answer(question);
    expect(errors?.[0]?.extensions).toEqual({ code: "STATEMENT_STOPPED", at: "wide_aggregate.aggregate" });
    expect(performance.now() - startedMs).toBeLessThan(2_000);
    expect(await port.ask("{ small { id } }")).toEqual({ small: [{ id: 1 }] });
    expect(port.events).toHaveLength(1);
  });

  test("is over as soon as the caller goes away", async () => {
    await using port = await askedPort(product, { statementTimeoutMs: 60_000 });
    const caller = new AbortController();
    const asked = fetch(`${port.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: question }),
      signal: caller.signal,
    });
    setTimeout(() => caller.abort(), 100);
    await expect(asked).rejects.toThrow();
    const startedMs = performance.now();
    expect(await port.ask("{ small { id } }")).toEqual({ small: [{ id: 1 }] });
    expect(performance.now() - startedMs).toBeLessThan(2_000);
  });
});
