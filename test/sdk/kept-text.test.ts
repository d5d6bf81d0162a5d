// Text that is kept as uuid, enum or char(n): both engines answer as they do of text columns with the same values.
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { defineProduct, duckdb, type Product, postgres } from "weft/sdk";
import type { OpenEngine } from "../../sdk/sql/engine.ts";
import { type AskedPort, askedPort } from "./support/asking.ts";
import { type PostgresSchema, postgresSchema } from "./support/postgres-schema.ts";

const ids = [
  "00000000-0000-0000-0000-000000000000",
  "7fffffff-0000-4000-8000-000000000001",
  "80000000-0000-4000-8000-000000000002",
  "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
  "ffffffff-ffff-ffff-ffff-ffffffffffff",
] as const;
const [nil, first, second, third, last] = ids;
const absent = "123e4567-e89b-42d3-a456-426614174000";

/** Of each kind of column its type: the same rows on all. */
type Types = {
  readonly uuid: string;
  readonly mood: string;
  readonly feeling: string;
  readonly code: string;
};

/** The enum is declared against the order of its labels' code points, and one of them has a blank at its end. */
const tables = ({ uuid, mood, feeling, code }: Types) => [
  `create table owners (id ${uuid} primary key, name ${code} not null, twin ${uuid})`,
  `insert into owners values ('${nil}', 'b', '${last}'), ('${second}', 'a', null), ('${last}', '', '${absent}')`,
  `create table parcels (id ${uuid} primary key, owner ${uuid}, status ${mood}, code ${code}, text_owner varchar)`,
  `insert into parcels values
    ('${third}', '${nil}', 'sent', 'ab', '${nil}'), ('${first}', '${nil}', 'Lost ', 'B', 'no uuid'),
    ('${last}', '${absent}', 'sent', '', '${last}'), ('${nil}', null, null, null, null),
    ('${second}', '${second}', 'due', 'a b', '${second.toUpperCase()}')`,
  `create table moods (name ${mood} primary key, face ${code})`,
  `insert into moods values ('sent', ':)'), ('due', ':|')`,
  `create table stops (parcel ${uuid} not null, code ${code} not null, status ${feeling} not null, nr integer not null)`,
  `insert into stops values ('${third}', 'x', 'sent', 1), ('${third}', 'xy', 'sent', 2), ('${nil}', 'x', 'due', 3), ('${nil}', 'x', 'sent', 4)`,
];
const mood = "create type mood as enum ('sent', 'due', 'Lost ')";
const onPostgres = [
  mood,
  "create domain feeling as mood",
  ...tables({ uuid: "uuid", mood: "mood", feeling: "feeling", code: "char(3)" }),
];

function product(engine: OpenEngine): Product {
  const column = (type: "String" | "String!" | "ID" | "ID!" | "Int!") => ({ type, description: "A value." });
  const reference = (entity: string, key: Readonly<Record<string, string>>, field?: string) => ({
    entity,
    key,
    description: "Another.",
    ...(field !== undefined && { inverse: { field, description: "Those." } }),
  });
  return defineProduct({
    id: "post",
    version: "1.0.0",
    domain: "test",
    owner: "Test",
    contact: "test@weft.example",
    freshness: { slo: "P1D" },
    engine,
    entities: {
      Owner: {
        description: "An owner.",
        collection: "owners",
        key: ["id"],
        columns: { id: column("String!"), name: column("String!") },
        references: { twin: reference("Owner", { id: "twin" }) },
      },
      Parcel: {
        description: "A parcel.",
        collection: "parcels",
        key: ["id"],
        columns: { id: column("String!"), status: column("String"), code: column("ID") },
        references: {
          owner: reference("Owner", { id: "owner" }, "parcels"),
          reader: reference("Owner", { id: "text_owner" }, "read"),
          driver: reference("Driver", { id: "owner" }, "driven"),
        },
      },
      Mood: {
        description: "A mood.",
        collection: "moods",
        key: ["name"],
        columns: { name: column("String!"), face: column("String") },
      },
      Stop: {
        description: "A stop.",
        collection: "stops",
        key: ["parcelId", "code", "status"],
        columns: {
          parcelId: { ...column("String!"), column: "parcel" },
          code: column("String!"),
          status: column("String!"),
          nr: column("Int!"),
        },
        references: {
          parcel: reference("Parcel", { id: "parcel" }, "stops"),
          mood: reference("Mood", { name: "status" }, "stops"),
        },
      },
    },
    neighbours: { Driver: { id: "String" } },
  });
}

let schema: PostgresSchema;
let ports: Readonly<Record<"text" | "duckdb" | "postgres", AskedPort>>;
beforeAll(async () => {
  schema = await postgresSchema(inject("postgresUrl"), onPostgres);
  const text = { uuid: "varchar", mood: "varchar", feeling: "varchar", code: "varchar" };
  const kept = { ...text, uuid: "uuid", mood: "mood", feeling: "mood" };
  ports = {
    text: await askedPort(product(duckdb({ load: tables(text) }))),
    duckdb: await askedPort(product(duckdb({ load: [mood, ...tables(kept)] }))),
    postgres: await askedPort(product(postgres({ url: inject("postgresUrl"), schema: schema.name }))),
  };
});
afterAll(async () => {
  for (const port of Object.values(ports)) await port[Symbol.asyncDispose]();
  await schema[Symbol.asyncDispose]();
});

/** What all three answer: no error, and one answer. */
async function ask(query: string, variables?: Readonly<Record<string, unknown>>) {
  const expected = await ports.text.ask(query, variables);
  expect(await ports.duckdb.ask(query, variables), query).toEqual(expected);
  expect(await ports.postgres.ask(query, variables), query).toEqual(expected);
  return expected;
}

const operands = {
  id: [
    ...ids,
    absent,
    third.toUpperCase(),
    third.replaceAll("-", ""),
    `{${third}}`,
    "",
    "no uuid",
    ` ${third}`,
    "'",
  ],
  status: ["sent", "due", "Lost ", "Lost", "SENT", "never", "", "'"],
  code: ["ab", "ab ", "a b", "B", "b", "", " ", "abcdef", "'"],
} as const;
const columns = Object.keys(operands) as (keyof typeof operands)[];

describe("text kept otherwise", () => {
  it("is answered as text, without padding, and in the order of its code points", async () => {
    const query = "{ parcels { id status code owner { id name } } }";
    const { parcels } = await ask(query);
    expect(parcels.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(parcels[3]).toEqual({ id: third, status: "sent", code: "ab", owner: { id: nil, name: "b" } });
    expect(parcels[4].code).toBe("");
    for (const column of [...columns, "owner: { id", "owner: { name"]) {
      const asked = ["asc", "desc", "asc_nulls_first", "desc_nulls_last"].map((direction, i) => {
        const order = column.includes("{") ? `${column}: ${direction} }` : `${column}: ${direction}`;
        return `a${i}: parcels(order_by: { ${order} }) { id status code } p${i}: parcels(order_by: { ${order} }, limit: 2, offset: 1) { id }`;
      });
      await ask(`{ ${asked.join(" ")} }`);
    }
    const sorted = (await ask("{ parcels(order_by: { status: asc }) { status } }")).parcels;
    expect(sorted.map(({ status }: { status: string }) => status)).toEqual([
      "Lost ",
      "due",
      "sent",
      "sent",
      null,
    ]);
  });

  it.each(columns)("is compared as text: %s", async (column) => {
    const operators = ["_eq", "_neq", "_gt", "_lte", "_like", "_nlike", "_ilike", "_nilike"];
    const patterns = ["%e%", "_b", "ab_", "%-4___-%", "%t ", "% "];
    const tested = (names: readonly string[], operand: unknown) =>
      names.map((name) => `${name}: ${JSON.stringify(operand)}`);
    for (const tests of [
      ...operands[column].map((operand) => tested(operators.slice(0, 6), operand)),
      ...[[], ...operands[column].map((one) => [one]), operands[column], operands[column].slice(-3)].map(
        (list) => tested(["_in", "_nin"], list),
      ),
      ...patterns.map((pattern) => tested(operators.slice(-4), pattern)),
      ["_is_null: true", "_is_null: false"],
    ]) {
      const asked = tests.flatMap((test, i) => [
        `w${i}: parcels(where: { ${column}: { ${test} } }) { id }`,
        `n${i}: parcels_aggregate(where: { _not: { ${column}: { ${test} } } }) { aggregate { count } }`,
        ...(column === "id"
          ? [`o${i}: parcels(where: { _not: { owner: { id: { ${test} } } } }) { id }`]
          : []),
      ]);
      await ask(`{ ${asked.join(" ")} }`);
    }
  });

  it("is found by what was delivered, and by nothing else", async () => {
    const found = async (where: string) => (await ask(`{ parcels(where: ${where}) { id } }`)).parcels.length;
    expect(await found(`{ id: { _eq: "${third}" } }`)).toBe(1);
    expect(await found(`{ id: { _eq: "${third.toUpperCase()}" } }`)).toBe(0);
    expect(await found(`{ id: { _neq: "no uuid" } }`)).toBe(5);
    expect(await found(`{ _not: { owner: { id: { _in: ["no uuid", "${nil}"] } } } }`)).toBe(3);
    expect(await found('{ code: { _eq: "ab" } }')).toBe(1);
    expect(await found('{ code: { _eq: "ab " } }')).toBe(0);
    expect(await found('{ status: { _in: ["sent", "never"] } }')).toBe(2);
  });

  it("leads to rows and back, also from a column of text", async () => {
    await ask(
      "{ parcels { id owner { id name twin { id name } parcels { id } } reader { id name } driver { id } } }",
    );
    await ask(
      "{ owners { id parcels(order_by: { status: desc }, limit: 1) { id } parcels_aggregate { aggregate { count min { id status code } } } } }",
    );
    await ask("{ owners { id read { id reader { id } } } }");
    await ask("{ moods { name stops { nr mood { face } } } stops_groups { by { mood { name face } } } }");
    await ask(
      '{ stops(where: { mood: { face: { _eq: ":)" } } }, order_by: { mood: { name: desc } }) { nr } }',
    );
    await ask('{ moods(where: { stops: { mood: { name: { _neq: "x" } } } }) { face } }');
    for (const where of [
      `{ owner: { id: { _eq: "${nil}" } } }`,
      '{ owner: { name: { _eq: "b" } } }',
      '{ reader: { name: { _neq: "b" } } }',
      "{ owner: {} }",
      '{ owner: { _not: { id: { _gt: "8" } } } }',
      "{ owner: { _is_null: true } }",
      '{ stops: { code: { _eq: "xy" }, status: { _eq: "sent" } } }',
      '{ _not: { stops: { status: { _in: ["due"] } } } }',
      `{ driver: { id: { _in: ["${nil}", "x"] } } }`,
    ])
      await ask(`{ parcels(where: ${where}) { id } }`);
    await ask(
      '{ owners(where: { parcels: { code: { _like: "a%" } } }, order_by: { parcels_aggregate: { max: { status: desc } } }) { id } }',
    );
  });

  it("is grouped, counted and has a least and a greatest", async () => {
    const aggregate =
      "aggregate { count ids: count(column: id, distinct: true) states: count(column: status, distinct: true) min { id status code } max { id status code } }";
    await ask(`{ parcels_aggregate { ${aggregate} } }`);
    for (const by of [
      "id",
      "status",
      "code",
      "owner { id }",
      "owner { name }",
      "owner { twin { id } }",
      "status code",
      "reader { id }",
    ]) {
      await ask(`{ parcels_groups { by { ${by} } ${aggregate} } }`);
      await ask(
        `{ parcels_groups(order_by: { aggregate: { max: { status: desc } } }, having: { min: { code: { _gte: "" }, id: { _neq: "x" } } }) { by { ${by} } } }`,
      );
    }
    await ask("{ parcels_groups(order_by: { by: { status: desc } }) { by { status } aggregate { count } } }");
    await ask("{ parcels_groups(order_by: { by: { owner: { id: desc } } }) { by { owner { id } } } }");
  });

  it("is a key: of one row, of representations, of several columns", async () => {
    for (const id of operands.id)
      await ask("query ($id: String!) { parcels_by_pk(id: $id) { code } owners_by_pk(id: $id) { name } }", {
        id,
      });
    const entities =
      "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Parcel { id code } ... on Stop { nr } ... on Driver { id driven { id } } } }";
    const one = operands.id.map((id) => ({ __typename: "Parcel", id }));
    const known = (await ask(entities, { r: one }))._entities.map((found: object | null) => found !== null);
    expect(known).toEqual(operands.id.map((id) => (ids as readonly string[]).includes(id)));
    expect(await ask(entities, { r: one.slice(6) })).toEqual({ _entities: one.slice(6).map(() => null) });
    const several = operands.id.flatMap((parcelId) =>
      ["x", "x ", "xy"].flatMap((code) =>
        ["sent", "never"].map((status) => ({ __typename: "Stop", parcelId, code, status })),
      ),
    );
    const stops = (await ask(entities, { r: several }))._entities.filter(
      (stop: object | null) => stop !== null,
    );
    expect(stops.map(({ nr }: { nr: number }) => nr)).toEqual([4, 1, 2]);
    await ask(entities, { r: several.filter(({ parcelId }) => parcelId === "no uuid") });
    await ask(entities, { r: operands.id.map((id) => ({ __typename: "Driver", id })) });
  });
});

describe("an index of PostgreSQL serves", () => {
  let many: PostgresSchema;
  let port: AskedPort;
  beforeAll(async () => {
    many = await postgresSchema(inject("postgresUrl"), [
      ...onPostgres,
      `insert into parcels select gen_random_uuid(), md5((n / 10)::text)::uuid, 'sent', to_hex(n % 4000) from generate_series(1, 20000) n`,
      `insert into stops select id, code, 'due', 5 from parcels where code is not null`,
      "create index on parcels (owner)",
      "create index on parcels (code)",
      "create index on parcels (status)",
      "create index on stops (parcel, code)",
      "analyze parcels, stops, owners",
    ]);
    port = await askedPort(product(postgres({ url: inject("postgresUrl"), schema: many.name })));
  });
  afterAll(async () => {
    await port[Symbol.asyncDispose]();
    await many[Symbol.asyncDispose]();
  });

  const one = { __typename: "Parcel", id: third };
  const entities = (fragment: string) =>
    `query ($r: [_Any!]!) { _entities(representations: $r) { ${fragment} } }`;
  const values: readonly unknown[] = [[third, last, "no uuid"], 100_001, 0];
  it.each([
    [
      "representations",
      entities("... on Parcel { code }"),
      { r: [one, { ...one, id: last }] },
      [[third, last]],
    ],
    ["a row by its key", `{ parcels_by_pk(id: "${third}") { code } }`, {}, [[third]]],
    [
      "_in",
      `{ parcels(where: { id: { _in: ["${third}", "${last}", "no uuid"] } }) { code } }`,
      {},
      values.with(0, [third, last]),
    ],
    ["_eq", `{ parcels(where: { id: { _eq: "${third}" } }) { code } }`, {}, values.with(0, third)],
    [
      "a page after another",
      `{ parcels(where: { id: { _gt: "${third}" } }, order_by: { id: asc }, limit: 5) { code } }`,
      {},
      [third, 5, 0],
    ],
    [
      "a to-one's key",
      `{ parcels(where: { owner: { id: { _eq: "${nil}" } } }) { code } }`,
      {},
      values.with(0, nil),
    ],
    ["char(n)", '{ parcels(where: { code: { _eq: "ab" } }) { id } }', {}, values.with(0, "ab")],
    ["an enum", '{ parcels(where: { status: { _eq: "due" } }) { id } }', {}, [["due"], ["due"], 100_001, 0]],
    [
      "a to-many",
      `{ owners(where: { id: { _eq: "${second}" } }) { parcels { id } } }`,
      {},
      [[second], 0, 100_001, 0],
    ],
    [
      "keys of several columns",
      entities("... on Stop { nr }"),
      { r: [{ __typename: "Stop", parcelId: third, code: "x", status: "sent" }] },
      [[third], ["x"], ["sent"]],
    ],
  ])("%s", async (_, query, variables, bound) => {
    await port.ask(query, variables);
    const event = port.events.at(-1);
    const statement = event?.kind === "statement.ran" ? event.sql : "";
    const parameters = bound.map((value) => (typeof value === "number" ? String(value) : value));
    const plan = (await many.query(`explain ${statement}`, parameters))
      .map((row) => row["QUERY PLAN"])
      .join("\n");
    expect(plan, `${statement}\n${plan}`).toMatch(/Index Cond/);
    expect(plan, statement).not.toMatch(/Seq Scan on (parcels|stops)/);
  });
});
