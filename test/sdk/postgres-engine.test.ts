// PostgreSQL as an engine: stopped in the server when asked, whole after every loss, exact in what it binds and reads.
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, inject, it, test } from "vitest";
import { type ColumnDefinition, defineProduct, type PostgresOptions, type Product, postgres } from "weft/sdk";
import { lookForPostgres } from "../setup/find-postgres.ts";
import { type PostgresServer, startPostgres } from "../setup/start-postgres.ts";
import { type AskedPort, askedPort } from "./support/asking.ts";
import { museumPort } from "./support/museum-port.ts";
import { code, only, patient, statement } from "./support/one-statement.ts";
import { type PostgresSchema, postgresSchema } from "./support/postgres-schema.ts";

const url = inject("postgresUrl");
const open = (options: Partial<PostgresOptions> = {}) => postgres({ url, ...options })();

/** A statement of minutes that can be found among what the server runs. */
const slow = (mark: string) => `select pg_sleep(300)::text /* ${mark} */`;

let beside: PostgresSchema;
beforeAll(async () => {
  beside = await postgresSchema(url, []);
});
afterAll(() => beside[Symbol.asyncDispose]());

/** The backends that run a statement with this mark. */
async function running(mark: string, server = beside): Promise<readonly number[]> {
  const rows = await server.query(
    "select pid from pg_stat_activity where state = 'active' and pid <> pg_backend_pid() and query like $1",
    [`%/* ${mark} */%`],
  );
  return rows.map(({ pid }) => Number(pid));
}
const started = (mark: string, count = 1, server = beside) =>
  expect.poll(() => running(mark, server), { timeout: 10_000 }).toHaveLength(count);
const gone = (mark: string) => expect.poll(() => running(mark), { timeout: 10_000 }).toEqual([]);

describe("a statement", () => {
  test.each([
    [0],
    [1],
    [5],
    [100],
  ])("that is stopped after %i ms ends in the server, and the pool goes on", async (stopMs) => {
    await using engine = await open({ connectionsMax: 2 });
    const mark = `stopped after ${stopMs}`;
    const codes = await Promise.all(
      Array.from({ length: 5 }, () =>
        code(engine.run(statement(slow(mark)), { signal: AbortSignal.timeout(stopMs) })),
      ),
    );
    expect(codes).toEqual(Array(5).fill("STATEMENT_STOPPED"));
    await gone(mark);
    const answers = await Promise.all(Array.from({ length: 8 }, () => only(engine, "select 'fine'")));
    expect(answers).toEqual(Array(8).fill(["fine"]));
  });

  test("that was stopped before it came does not run", async () => {
    await using engine = await open();
    expect(await code(engine.run(statement("select '1'"), { signal: AbortSignal.abort() }))).toBe(
      "STATEMENT_STOPPED",
    );
  });

  test("does not stop its neighbours", async () => {
    await using engine = await open();
    const stop = new AbortController();
    const stopped = code(engine.run(statement(slow("one of two")), { signal: stop.signal }));
    const counted = only(engine, "select count(*)::text from (select pg_sleep(1)) as slept");
    await started("one of two");
    stop.abort();
    expect(await stopped).toBe("STATEMENT_STOPPED");
    expect(await counted).toEqual(["1"]);
  });

  test("waits for a session, and is refused where too many wait", async () => {
    await using engine = await open({ connectionsMax: 1, queueMax: 2 });
    const stop = new AbortController();
    const waiting = Array.from({ length: 3 }, () =>
      code(engine.run(statement(slow("queue")), { signal: stop.signal })),
    );
    await started("queue");
    expect(await code(engine.run(statement("select '1'"), { signal: patient }))).toBe("QUEUE_MAX");
    stop.abort();
    expect(await Promise.all(waiting)).toEqual(Array(3).fill("STATEMENT_STOPPED"));
    expect(await only(engine, "select 'fine'")).toEqual(["fine"]);
  });

  test("of too many rows fails alone", async () => {
    await using engine = await open();
    const rows = engine.run(statement("select generate_series(1, 11)::text", 10), { signal: patient });
    expect(await code(rows)).toBe("ROWS_MAX");
    expect(await only(engine, "select 'fine'")).toEqual(["fine"]);
  });

  test.each([
    ["create table spoils (id integer)"],
    ["select 1 as id into spoils"],
    ["create temporary table spoils (id integer)"],
    ["insert into kept values (2)"],
    ["update kept set id = 3"],
    ["delete from kept"],
    ["truncate kept"],
    ["drop table kept"],
    ["grant select on kept to public"],
  ])("that would write fails: %s", async (attempt) => {
    await using schema = await postgresSchema(url, ["create table kept as select 1 as id"]);
    await using engine = await open({ schema: schema.name });
    expect(await code(engine.run(statement(attempt), { signal: patient }))).toBe("STATEMENT_FAILED");
    expect(await schema.query("select id from kept")).toEqual([{ id: 1 }]);
  });
});

describe("a session", () => {
  test("that is terminated while idle is replaced", async () => {
    await using engine = await open({ connectionsMax: 2 });
    const pids = await Promise.all([0, 1].map(() => only(engine, "select pg_backend_pid()::text")));
    for (const [pid] of pids) await beside.query("select pg_terminate_backend($1::integer)", [pid]);
    await expect.poll(() => code(only(engine, "select 'fine'"))).toBe("no error");
    expect(await only(engine, "select 'fine'")).toEqual(["fine"]);
  });

  test("that is terminated while it runs is a typed error, and the next statement runs", async () => {
    await using engine = await open({ connectionsMax: 1 });
    const failing = code(engine.run(statement(slow("terminated")), { signal: patient }));
    await started("terminated");
    for (const pid of await running("terminated"))
      await beside.query("select pg_terminate_backend($1)", [pid]);
    expect(await failing).toBe("ENGINE_UNREACHABLE");
    expect(await only(engine, "select 'fine'")).toEqual(["fine"]);
  });

  test("that somebody else cancels is a typed error, and the next statement runs", async () => {
    await using engine = await open({ connectionsMax: 1 });
    const failing = code(engine.run(statement(slow("cancelled")), { signal: patient }));
    await started("cancelled");
    for (const pid of await running("cancelled")) await beside.query("select pg_cancel_backend($1)", [pid]);
    expect(await failing).toBe("STATEMENT_FAILED");
    expect(await only(engine, "select 'fine'")).toEqual(["fine"]);
  });
});

describe("an engine", () => {
  test("does not open where nobody listens", async () => {
    const refused = postgres({ url: "postgres://weft@127.0.0.1:1/none" })();
    await expect(refused).rejects.toMatchObject({
      code: "ENGINE_UNREACHABLE",
      extensions: { problem: /ECONNREFUSED/ },
    });
  });

  test("does not open where somebody listens and does not answer", async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as { port: number };
    const opening = postgres({ url: `postgres://weft@127.0.0.1:${port}/none`, connectTimeoutMs: 200 })();
    expect(await code(opening)).toBe("ENGINE_UNREACHABLE");
    silent.close();
  });

  test("does not open where there is no such database", async () => {
    const other = new URL(url);
    other.pathname = "/there_is_none";
    expect(await code(postgres({ url: other.href })())).toBe("ENGINE_UNREACHABLE");
  });

  test.each([
    ["Upper Case"],
    ['a "quoted", name'],
    ["back\\slash"],
    ["it's"],
    ["-c"],
  ])("finds its tables in the schema %s", async (name) => {
    const quoted = `"${name.replaceAll('"', '""')}"`;
    await beside.query(`create schema ${quoted}`);
    try {
      await beside.query(`create table ${quoted}.found as select 'here'::text as place`);
      await using engine = await open({ schema: name });
      expect(await only(engine, "select place from found")).toEqual(["here"]);
    } finally {
      await beside.query(`drop schema ${quoted} cascade`);
    }
  });
});

// A server that was named is nobody's to stop.
describe.runIf(lookForPostgres())("a server of our own", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  test.each([
    ["crash"],
    ["shutdown"],
  ] as const)("that ends by %s is a typed error until it is back", async (how) => {
    await using engine = await postgres({ url: server.url, connectionsMax: 2 })();
    await using watching = await postgresSchema(server.url, []).then(undismayed);
    expect(await only(engine, "select 'fine'")).toEqual(["fine"]);
    const failing = code(engine.run(statement(slow(how)), { signal: patient }));
    await started(how, 1, watching);
    await server.stop(how);
    expect(await failing).toBe("ENGINE_UNREACHABLE");
    expect(await code(only(engine, "select 'fine'"))).toBe("ENGINE_UNREACHABLE");
    await server.start();
    expect(await only(engine, "select 'fine'")).toEqual(["fine"]);
  });

  test("that no longer answers does not keep a statement beyond its time", async () => {
    await using watching = await postgresSchema(server.url, []);
    const engine = await postgres({ url: server.url, connectionsMax: 1, connectTimeoutMs: 300 })();
    const stop = new AbortController();
    const stopped = code(engine.run(statement(slow("frozen")), { signal: stop.signal }));
    await started("frozen", 1, watching);
    const [frozen] = await running("frozen", watching);
    process.kill(frozen as number, "SIGSTOP");
    try {
      stop.abort();
      expect(await stopped).toBe("STATEMENT_STOPPED");
      expect(await only(engine, "select 'fine'")).toEqual(["fine"]);
    } finally {
      process.kill(frozen as number, "SIGCONT");
      await engine[Symbol.asyncDispose]();
    }
  });

  test("does not change what is meant by settings of its own", async () => {
    await using schema = await postgresSchema(server.url, [
      "create table samples as select 1 as id, 'a\\b'::text as word, 0.1::float8 + 0.2::float8 as ratio, timestamptz '2001-02-03 04:05:06+00' as moment",
    ]);
    for (const setting of [
      "timezone = 'Asia/Tokyo'",
      "datestyle = 'German, DMY'",
      "extra_float_digits = -3",
      "standard_conforming_strings = off",
      "default_transaction_read_only = off",
      "client_encoding = 'LATIN1'",
      "transform_null_equals = on",
    ])
      await schema.query(`alter database postgres set ${setting}`);
    await using port = await askedPort(
      product(schema, { word: "String", ratio: "Float", moment: "DateTime" }, server.url),
    );
    expect(
      await port.ask(
        String.raw`{ samples(where: { word: { _like: "a\\\\_" }, moment: { _eq: "2001-02-03T04:05:06Z" } }) { word ratio moment } }`,
      ),
    ).toEqual({ samples: [{ word: "a\\b", ratio: 0.1 + 0.2, moment: "2001-02-03T04:05:06Z" }] });
  });
});

/** Its server may be gone when it ends, and its schema with it. */
function undismayed(schema: PostgresSchema): PostgresSchema {
  return {
    ...schema,
    [Symbol.asyncDispose]: () => Promise.resolve(schema[Symbol.asyncDispose]()).catch(() => {}),
  };
}

type Scalar = ColumnDefinition["type"];

/** A product of one table `samples`, found by `id`. */
function product(
  { name: schema }: PostgresSchema,
  columns: Readonly<Record<string, Scalar>>,
  at = url,
): Product {
  const described = Object.entries(columns).map(([name, type]) => [name, { type, description: "A value." }]);
  return defineProduct({
    id: "samples",
    version: "1.0.0",
    domain: "test",
    owner: "Test",
    contact: "test@weft.example",
    freshness: { slo: "P1D" },
    engine: postgres({ url: at, schema }),
    entities: {
      Sample: {
        description: "A sample.",
        collection: "samples",
        key: ["id"],
        columns: { id: { type: "Int!", description: "Number." }, ...Object.fromEntries(described) },
      },
    },
  });
}

/** A port of `samples`, one column `sample` with these values as SQL, in the order of their ids. */
async function samples(type: Scalar, physical: string, values: readonly string[]): Promise<AskedPort> {
  const rows = values.map((value, i) => `(${i + 1}, ${value}::${physical.replace(/ collate .*/, "")})`);
  const schema = await postgresSchema(url, [
    `create table samples (id integer, sample ${physical})`,
    `insert into samples values ${rows}`,
  ]);
  const port = await askedPort(product(schema, { sample: type }));
  return {
    ...port,
    [Symbol.asyncDispose]: async () => {
      await port[Symbol.asyncDispose]();
      await schema[Symbol.asyncDispose]();
    },
  };
}

type Sample = { readonly sample: unknown };
const list = async (port: AskedPort, args = "") =>
  (await port.ask(`{ samples${args} { sample } }`)).samples.map(({ sample }: Sample) => sample);

describe("a port", () => {
  const made = [
    "create type mood as enum ('b', 'a')",
    "create domain code as text",
    "create domain small as char(4)",
    "create domain feeling as mood",
    "create domain whole as bigint",
    "create collation loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
  ];
  const opened = async (type: Scalar, physical: string) => {
    await using schema = await postgresSchema(url, [
      ...made,
      `create table kept (id integer, sample ${physical})`,
      "create view samples as select * from kept",
    ]);
    await using _port = await askedPort(product(schema, { sample: type }));
  };

  it.each([
    ["ID", "integer"],
    ["String", "json"],
    ["String", "jsonb"],
    ["String", '"char"'],
    ["String", "char(4) collate loose"],
    ["String", "name"],
    ["String", "text[]"],
    ["String", "bytea"],
    ["String", "text collate loose"],
    ["Int", "numeric"],
    ["Int", "float8"],
    ["BigInt", "float8"],
    ["Float", "real"],
    ["Float", "integer"],
    ["Float", "numeric"],
    ["Decimal", "float8"],
    ["Decimal", "money"],
    ["Date", "timestamp"],
    ["DateTime", "timestamp"],
    ["LocalDateTime", "timestamptz"],
    ["Boolean", "integer"],
  ] as const)("does not start with a %s that is %s", async (type, physical) => {
    expect(await code(opened(type, physical))).toBe("COLUMN_TYPE");
  });

  it.each([
    ["Int", "smallint"],
    ["Int", "bigint"],
    ["BigInt", "numeric"],
    ["BigInt", "whole"],
    ["Decimal", "numeric(18, 4)"],
    ["String", "varchar(5)"],
    ["String", "code"],
    ["String", "uuid"],
    ["ID", "uuid"],
    ["String", "mood"],
    ["String", "char(4)"],
    ["String", "small"],
    ["String", "feeling"],
    ["ID", 'text collate "en-US-x-icu"'],
    ["DateTime", "timestamptz(3)"],
  ] as const)("starts with a %s that is %s", async (type, physical) => {
    expect(await code(opened(type, physical))).toBe("no error");
  });

  it("says which column of what, its type, and what to do", async () => {
    await expect(opened("String", "name")).rejects.toMatchObject({
      message:
        "Product samples, samples.sample: the column sample of samples is of type name, and its scalar String takes text, character varying, character, uuid, enum. Cast it in a view and name that as `table`, or declare the scalar that fits.",
    });
  });

  it.each([
    ["table", "create table others (id integer, sample text)"],
    ["column", "create table samples (id integer, smple text)"],
  ])("does not start without a %s", async (_, table) => {
    await using schema = await postgresSchema(url, [table]);
    expect(await code(askedPort(product(schema, { sample: "String" })))).toBe("COLUMN_MISSING");
  });
});

describe("a port's deadline", () => {
  const question = '{ samples(where: { word: { _neq: "" } }) { id } }';
  const tables = [
    `create function slowly(id integer) returns text stable language plpgsql
      as $$ begin perform pg_sleep(300); return id; end $$`,
    "create view samples as select id, slowly(id) as word from generate_series(1, 1) as id",
  ];

  it("stops the statement in the server, and the next one runs", async () => {
    await using schema = await postgresSchema(url, tables);
    await using port = await askedPort(product(schema, { word: "String" }), { statementTimeoutMs: 200 });
    expect(await port.codes(question)).toEqual(["STATEMENT_STOPPED"]);
    await expect.poll(active, { timeout: 10_000 }).toBe(0);
    expect(await port.ask("{ samples { id } }")).toEqual({ samples: [{ id: 1 }] });
  });

  it("is over as soon as the caller goes away", async () => {
    await using schema = await postgresSchema(url, tables);
    await using port = await askedPort(product(schema, { word: "String" }), { statementTimeoutMs: 60_000 });
    const caller = new AbortController();
    const asked = fetch(`${port.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: question }),
      signal: caller.signal,
    });
    const failed = expect(asked).rejects.toThrow();
    await expect.poll(active, { timeout: 10_000 }).toBe(1);
    caller.abort();
    await failed;
    await expect.poll(active, { timeout: 10_000 }).toBe(0);
    expect(await port.ask("{ samples { id } }")).toEqual({ samples: [{ id: 1 }] });
  });

  /** Statements on `samples` that run: no other test of this file has one that does for long. */
  const active = async () =>
    (
      await beside.query(
        `select 1 from pg_stat_activity where state = 'active' and pid <> pg_backend_pid()
          and query like '%"samples"%"word"%'`,
      )
    ).length;
});

describe("values", () => {
  const decimals = [
    "9".repeat(38),
    `-${"9".repeat(38)}`,
    `0.${"0".repeat(37)}1`,
    "12345678901234567890.123456789",
    "0",
    "-0.0001",
  ];

  it("of any size and number of places are exact", async () => {
    await using port = await samples("Decimal", "numeric", decimals);
    expect(await list(port)).toEqual(decimals);
    for (const sample of decimals)
      expect(await list(port, `(where: { sample: { _eq: "${sample}" } })`)).toEqual([sample]);
    expect(await list(port, `(where: { sample: { _in: ["${decimals[2]}", "0.0"] } })`)).toEqual([
      decimals[2],
      "0",
    ]);
    const query = "{ samples_aggregate { aggregate { min { sample } max { sample } } } }";
    expect((await port.ask(query)).samples_aggregate.aggregate).toEqual({
      min: { sample: decimals[1] },
      max: { sample: decimals[0] },
    });
    const sum = "{ samples_aggregate(where: { sample: { _neq: $no } }) { aggregate { sum { sample } } } }";
    const asked = async (no: string) => port.answer(`query ($no: Decimal!) ${sum}`, { no });
    expect((await asked(decimals[2] as string)).data.samples_aggregate.aggregate.sum.sample).toBe(
      "12345678901234567890.123356789",
    );
    expect((await asked("1")).errors?.[0]?.extensions).toEqual({
      code: "OUT_OF_RANGE",
      at: "samples_aggregate.aggregate",
    });
  });

  it("of more than 38 digits are a typed error", async () => {
    await using port = await samples("Decimal", "numeric", [`1${"0".repeat(38)}`, "1"]);
    expect(await port.codes("{ samples { sample } }")).toEqual(["VALUE_NOT_REPRESENTABLE"]);
    expect(await list(port, '(where: { sample: { _lt: "2" } })')).toEqual(["1"]);
  });

  it("lose the zeros that a decimal's type adds", async () => {
    await using port = await samples("Decimal", "numeric(20, 6)", ["1.5", "100", "0", "-0.5"]);
    expect(await list(port)).toEqual(["1.5", "100", "0", "-0.5"]);
  });

  it("of 64 bits are exact, and so is their sum", async () => {
    const big = ["9223372036854775807", "9223372036854775806", "-9223372036854775808", "9007199254740993"];
    await using port = await samples(
      "BigInt",
      "bigint",
      big.map((value) => `'${value}'`),
    );
    expect(await list(port)).toEqual(big);
    expect(await list(port, `(where: { sample: { _gt: "${big[1]}" } })`)).toEqual([big[0]]);
    const query = '{ samples_aggregate(where: { sample: { _gt: "0" } }) { aggregate { sum { sample } } } }';
    expect((await port.ask(query)).samples_aggregate.aggregate.sum.sample).toBe("18455751272964292606");
  });

  it("of a Float come back bit for bit", async () => {
    const floats = [
      0.1 + 0.2,
      1 / 3,
      5e-324,
      Number.MAX_VALUE,
      -Number.MAX_VALUE,
      2 ** 53 + 2,
      123456789.12345678,
    ];
    await using port = await samples(
      "Float",
      "float8",
      floats.map((value) => `'${value}'`),
    );
    expect(await list(port)).toEqual(floats);
    for (const sample of floats)
      expect(await list(port, `(where: { sample: { _eq: ${sample} } })`)).toEqual([sample]);
  });

  it.each([
    ["Float", "float8", "'NaN'"],
    ["Float", "float8", "'Infinity'"],
    ["Float", "float8", "'-Infinity'"],
    ["Decimal", "numeric", "'NaN'"],
    ["Decimal", "numeric", "'Infinity'"],
    ["Decimal", "numeric", "'-Infinity'"],
    ["Int", "bigint", "2147483648"],
    ["BigInt", "numeric", "9223372036854775808"],
    ["BigInt", "numeric", "1.5"],
    ["Date", "date", "'infinity'"],
    ["Date", "date", "'-infinity'"],
    ["Date", "date", "'0044-03-15 BC'"],
    ["Date", "date", "'10000-01-01'"],
    ["DateTime", "timestamptz", "'infinity'"],
    ["DateTime", "timestamptz", "'-infinity'"],
    ["DateTime", "timestamptz", "'0044-03-15 00:00:00+00 BC'"],
    ["DateTime", "timestamptz", "'10000-01-01 00:00:00+00'"],
    ["LocalDateTime", "timestamp", "'infinity'"],
    ["LocalDateTime", "timestamp", "'0001-12-31 23:59:59 BC'"],
  ] as const)("that their scalar cannot carry are typed errors: %s of the %s %s", async (type, physical, value) => {
    await using port = await samples(type, physical, [value]);
    expect(await port.codes("{ samples { sample } }")).toEqual(["VALUE_NOT_REPRESENTABLE"]);
    expect(await port.codes("{ samples_aggregate { aggregate { max { sample } } } }")).toEqual([
      "VALUE_NOT_REPRESENTABLE",
    ]);
    expect(await port.ask("{ samples { id } }")).toEqual({ samples: [{ id: 1 }] });
  });

  it.each([
    ["sum"],
    ["avg"],
    ["var_pop"],
    ["stddev_pop"],
  ])("that are no numbers are typed errors in %s", async (name) => {
    for (const value of ["'NaN'", "'Infinity'"]) {
      await using port = await samples("Float", "float8", [value, "1"]);
      const query = `{ samples_aggregate { aggregate { ${name} { sample } } } }`;
      expect(await port.codes(query)).toEqual(["OUT_OF_RANGE"]);
    }
  });

  it("whose sum overflows are a typed error", async () => {
    await using port = await samples("Float", "float8", ["'1.7e308'", "'1.7e308'"]);
    expect(await port.codes("{ samples_aggregate { aggregate { sum { sample } } } }")).toEqual([
      "OUT_OF_RANGE",
    ]);
  });

  it("of a time keep their microseconds", async () => {
    const times = [
      "2300-06-01T00:00:00.000016Z",
      "9999-12-31T23:59:59.999999Z",
      "0001-01-01T00:00:00Z",
      "1969-12-31T23:59:59.9Z",
    ];
    await using port = await samples(
      "DateTime",
      "timestamptz",
      times.map((time) => `'${time}'`),
    );
    expect(await list(port)).toEqual(times);
    for (const time of times)
      expect(await list(port, `(where: { sample: { _eq: "${time}" } })`)).toEqual([time]);
  });

  it("of a text are values, whatever they look like", async () => {
    const words = [
      "'; drop table samples; --",
      "$1",
      '{"a",NULL}',
      "NULL",
      "\\",
      '"',
      "{}",
      "[]",
      "a,b",
      "\n",
      " ",
      "",
      "%",
      "\u{10ffff}",
    ];
    await using port = await samples(
      "String",
      "text",
      words.map((word) => `'${word.replaceAll("'", "''")}'`),
    );
    expect(await list(port)).toEqual(words);
    const query =
      "query ($w: [String!]!, $o: String!) { in: samples(where: { sample: { _in: $w } }) { sample } eq: samples(where: { sample: { _eq: $o } }) { sample } }";
    for (const word of words) {
      const { in: among, eq } = await port.ask(query, { w: words, o: word });
      expect(among).toHaveLength(words.length);
      expect(eq).toEqual([{ sample: word }]);
    }
  });
});

describe("text", () => {
  const words = ["b", "B", "a", "A", "ä", "Z", "～", "😀", "_", "é", "e"];
  const sorted = ["A", "B", "Z", "_", "a", "b", "e", "ä", "é", "～", "😀"];
  const quoted = words.map((word) => `'${word}'`);

  it("sorts otherwise in the server's own collation", async (context) => {
    const [row] = await beside.query("select 'a' < 'B' as english");
    context.skip(!row?.english, "the server has no English collation");
    expect(await beside.query("select least('a', 'B') as first")).toEqual([{ first: "a" }]);
  });

  it.each([
    ["text"],
    ["varchar(10)"],
    ['text collate "en-US-x-icu"'],
  ])("is in the order of code points all the same: lists, groups, comparisons, least and greatest of %s", async (physical) => {
    await using port = await samples("String", physical, quoted);
    expect(await list(port, "(order_by: { sample: asc })")).toEqual(sorted);
    expect(await list(port, "(order_by: { sample: desc })")).toEqual(sorted.toReversed());
    const { samples_groups } = await port.ask("{ samples_groups { by { sample } } }");
    expect(samples_groups.map(({ by }: { by: Sample }) => by.sample)).toEqual(sorted);
    for (const [i, word] of sorted.entries()) {
      const test = (operator: string) =>
        list(port, `(where: { sample: { ${operator}: "${word}" } }, order_by: { sample: asc })`);
      expect(await test("_gt")).toEqual(sorted.slice(i + 1));
      expect(await test("_lte")).toEqual(sorted.slice(0, i + 1));
    }
    const query = "{ samples_aggregate { aggregate { min { sample } max { sample } } } }";
    expect((await port.ask(query)).samples_aggregate.aggregate).toEqual({
      min: { sample: "A" },
      max: { sample: "😀" },
    });
    const having =
      '{ samples_groups(having: { max: { sample: { _gt: "_" } } }, order_by: { aggregate: { max: { sample: desc } } }) { by { sample } } }';
    expect((await port.ask(having)).samples_groups.map(({ by }: { by: Sample }) => by.sample)).toEqual(
      sorted.slice(4).toReversed(),
    );
  });

  it("folds ASCII in _ilike, and takes patterns with escapes", async () => {
    await using port = await samples("String", "text", [
      "'a_B'",
      "'A%b'",
      "'axb'",
      "'a\\b'",
      "'İ'",
      "'ı'",
      "'K'",
    ]);
    expect(await list(port, '(where: { sample: { _ilike: "A_b" } })')).toEqual(["a_B", "A%b", "axb", "a\\b"]);
    expect(await list(port, String.raw`(where: { sample: { _ilike: "a\\_b" } })`)).toEqual(["a_B"]);
    expect(await list(port, String.raw`(where: { sample: { _ilike: "a\\%B" } })`)).toEqual(["A%b"]);
    expect(await list(port, String.raw`(where: { sample: { _like: "%\\\\%" } })`)).toEqual(["a\\b"]);
    expect(await list(port, '(where: { sample: { _nilike: "a%" } })')).toEqual(["İ", "ı", "K"]);
  });
});

describe("a Float aggregate of whole numbers and decimals", () => {
  it("is as exact as a Float, however large", async () => {
    await using port = await samples("Decimal", "numeric", ["0", "200000001", "400000003.5"]);
    const query =
      "{ samples_aggregate { aggregate { avg { sample } var_pop { sample } stddev_pop { sample } } } }";
    const { avg, var_pop, stddev_pop } = (await port.ask(query)).samples_aggregate.aggregate;
    const mean = (200000001 + 400000003.5) / 3;
    const variance = (mean ** 2 + (200000001 - mean) ** 2 + (400000003.5 - mean) ** 2) / 3;
    expect(avg.sample / mean - 1).toBeCloseTo(0, 12);
    expect(var_pop.sample / variance - 1).toBeCloseTo(0, 12);
    expect(stddev_pop.sample / Math.sqrt(variance) - 1).toBeCloseTo(0, 12);
  });

  it("sorts and compares as the Float that it is answered as", async () => {
    // One Float, and two decimals of PostgreSQL's.
    await using schema = await postgresSchema(url, [
      "create table samples (id integer, word text, amount bigint)",
      "insert into samples values (1, 'a', 9007199254740993), (2, 'b', 9007199254740992)",
    ]);
    await using port = await askedPort(product(schema, { word: "String", amount: "BigInt" }));
    for (const direction of ["asc", "desc"]) {
      const { samples_groups } = await port.ask(
        `{ samples_groups(order_by: { aggregate: { avg: { amount: ${direction} } } }) { by { word } } }`,
      );
      expect(samples_groups).toEqual([{ by: { word: "a" } }, { by: { word: "b" } }]);
    }
    const having = "{ avg: { amount: { _eq: 9007199254740992 } } }";
    expect(
      (await port.ask(`{ samples_groups(having: ${having}) { by { word } } }`)).samples_groups,
    ).toHaveLength(2);
  });
});

describe("a list of keys", () => {
  const keys = Array.from({ length: 10_000 }, (_, i) => i);
  const lastSql = (port: AskedPort) => {
    const event = port.events.at(-1);
    return event?.kind === "statement.ran" ? event.sql : "";
  };

  it("is one value of the statement, however long", async () => {
    await using port = await museumPort();
    const lists = "query ($in: [Int!]!) { specimens(where: { id: { _in: $in } }) { id } }";
    expect((await port.ask(lists, { in: keys })).specimens).toHaveLength(16);
    expect(lastSql(port).match(/\$\d+/g)).toHaveLength(3); // the list, the limit and the offset
    const entities = "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Shelf { label } } }";
    const r = keys.map((number) => ({ __typename: "Shelf", room: "A", number }));
    const found = (await port.ask(entities, { r }))._entities.filter(
      (shelf: object | null) => shelf !== null,
    );
    expect(found).toHaveLength(2);
    expect(lastSql(port).match(/\$\d+/g)).toHaveLength(2); // one list for each key column
  });
});
