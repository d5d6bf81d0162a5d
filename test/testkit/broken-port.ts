// A museum that is broken in one way at a time: what its checks must find.
import type { GraphQLResolveInfo } from "graphql";
import type { Product, Resolvers } from "../../sdk/product.ts";
import type { PortContext } from "../../sdk/serve/port-context.ts";
import { portResolvers } from "../../sdk/serve/resolvers.ts";
import { duckdbDialect } from "../../sdk/sql/duckdb-dialect.ts";
import type { Engine, Row, Statement } from "../../sdk/sql/engine.ts";

type Fault = {
  /** The check that must fail. */
  readonly finds: string;
  readonly engine?: (engine: Engine) => Engine["run"];
  readonly resolvers?: (product: Product) => Resolvers;
};

/** The same statement, in other words. */
const rewritten =
  (rewrite: (sql: string) => string): NonNullable<Fault["engine"]> =>
  (engine) =>
  (statement, options) =>
    engine.run({ ...statement, sql: rewrite(statement.sql) }, options);

/** The same rows, with other values. */
const changed =
  (change: (row: Row, statement: Statement) => Row): NonNullable<Fault["engine"]> =>
  (engine) =>
  async (statement, options) =>
    (await engine.run(statement, options)).map((row) => change(row, statement));

type Resolve = (source: Row, args: object, context: PortContext, info: GraphQLResolveInfo) => unknown;
type Represent = (representation: Row, context: PortContext, info: GraphQLResolveInfo) => Promise<Row | null>;

const resolverOf = (product: Product, type: string, field: string) =>
  (portResolvers({ product, dialect: duckdbDialect })[type] as Record<string, unknown>)[field];

export const faults = {
  "nulls stand where they should not": {
    finds: "order",
    engine: rewritten((sql) =>
      sql.replace(/nulls (first|last)/g, (_, place) => `nulls ${place === "first" ? "last" : "first"}`),
    ),
  },
  "a BigInt goes through a number": {
    finds: "filter-operators",
    engine: changed((row, { output }) => ({
      ...row,
      ...Object.fromEntries(
        output
          .filter(({ name, scalar }) => scalar === "BigInt" && row[name] !== null)
          .map(({ name }) => [name, String(BigInt.asIntN(64, BigInt(Number(row[name]))))]),
      ),
    })),
  },
  "a primary key comes twice": {
    finds: "values",
    engine: (engine) => async (statement, options) => {
      const rows = await engine.run(statement, options);
      const isList = /^select "t0"\."id" as /.test(statement.sql);
      return isList && rows[0] ? [rows[0], ...rows] : rows;
    },
  },
  "ties are left to chance": {
    finds: "pages",
    engine: rewritten((sql) =>
      sql
        .replace(/("t0"."id") asc[^,()]*(?= limit \S+ offset|\s*$)/, "random()")
        .replace(/"t0"\."id" asc nulls last limit/, "random() limit"),
    ),
  },
  "each parent's list is a statement": {
    finds: "statements",
    resolvers: (product) => {
      const list = resolverOf(product, "Specimen", "children") as Resolve;
      const alone: Resolve = (row, args, context, info) =>
        list(row, args, { ...context, loaders: new Map() }, info);
      return { Specimen: { children: alone as never } };
    },
  },
  "statements outlive their caller": {
    finds: "cancellation",
    engine: (engine) => (statement) => engine.run(statement, { signal: new AbortController().signal }),
  },
  "statements have all the time they want": {
    finds: "timeouts",
    engine: (engine) => (statement) => engine.run(statement, { signal: new AbortController().signal }),
  },
  "text is sorted as in a dictionary": {
    finds: "order",
    engine: rewritten((sql) => sql.replace(/"t0"\."the title" (asc|desc)/g, 'lower("t0"."the title") $1')),
  },
  "_nin keeps nulls": {
    finds: "filter-operators",
    engine: rewritten((sql) =>
      sql.replace(
        /\(not \(("t0"\."[^"]+" in \(select unnest\([^)]*\)+?)\)\)\)/g,
        "(not coalesce(($1)), false))",
      ),
    ),
  },
  "a list is cut at rowsMax": {
    finds: "limits",
    engine: (engine) => async (statement, options) => {
      const rows = await engine.run({ ...statement, rowsMax: Number.MAX_SAFE_INTEGER }, options);
      return rows.slice(0, statement.rowsMax);
    },
  },
  "representations are matched by position": {
    finds: "entities",
    resolvers: (product) => {
      const one = resolverOf(product, "Specimen", "__resolveReference") as Represent;
      const asked = new WeakMap<PortContext, Promise<Row | null>[]>();
      const byPosition: Represent = async (representation, context, info) => {
        const answers = asked.get(context) ?? [];
        asked.set(context, answers);
        const position = answers.push(one(representation, context, info)) - 1;
        await Promise.resolve();
        const found = (await Promise.all(answers)).filter((row) => row !== null);
        return found[position] ?? null;
      };
      return { Specimen: { __resolveReference: byPosition as never } };
    },
  },
  "_not makes UNKNOWN true": {
    finds: "filter-logic",
    engine: rewritten((sql) =>
      sql.replace(
        /not (\("t0"\."[^"]+" [=<>]+ cast\(\$\d+ as [^()]+(?:\(\d+, ?\d+\))?\)\))/g,
        "not coalesce($1, false)",
      ),
    ),
  },
  "months begin a day early": {
    finds: "buckets",
    engine: rewritten((sql) => sql.replaceAll("date_trunc('month', ", "date_trunc('month', to_days(1) + ")),
  },
  "time zones are ignored": {
    finds: "buckets",
    engine: rewritten((sql) =>
      sql.replace(
        /timezone\(cast\((\$\d+) as varchar\), /g,
        "timezone(left(cast($1 as varchar), 0) || 'UTC', ",
      ),
    ),
  },
  "_not goes through a reference": {
    finds: "filter-relationships",
    engine: rewritten((sql) =>
      sql.replace(
        /not exists \(select 1 from "shelves" as "t1" where ("t1"\."room" = \S+ and "t1"\."no" = \S+) and \(/g,
        'exists (select 1 from "shelves" as "t1" where $1 and not (',
      ),
    ),
  },
  "a to-many asks for all of its rows": {
    finds: "filter-relationships",
    engine: rewritten((sql) =>
      sql.replace(
        /(?<!not )exists \(select 1 from "specimens" as "t1" where ("t1"\."parent" = "t0"\."id") and \(/g,
        'not exists (select 1 from "specimens" as "t1" where $1 and not (',
      ),
    ),
  },
  "an aggregate of no rows sorts as zero": {
    finds: "order-relationships",
    engine: rewritten((sql) =>
      sql.replace(
        /order by \(select (sum|max)\("t1"\."small"\)/g,
        'order by (select coalesce($1("t1"."small"), 0)',
      ),
    ),
  },
  "rows are sorted by what their reference reads backwards": {
    finds: "order-relationships",
    engine: rewritten((sql) =>
      sql.replace(/order by \(select ("t1"\."the ""label""")/g, "order by (select reverse($1)"),
    ),
  },
  "having a sum is having a greatest": {
    finds: "having",
    engine: rewritten((sql) => sql.replace(/having \(sum\(/g, "having (max(")),
  },
  "each value of a group is counted, distinct or not": {
    finds: "having",
    engine: rewritten((sql) => sql.replaceAll("count(distinct ", "count(")),
  },
  "groups are sorted by the least where the greatest is asked": {
    finds: "having",
    engine: rewritten((sql) => sql.replace(/order by max\(/g, "order by min(")),
  },
  "averages are whole numbers": {
    finds: "aggregates",
    engine: changed((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          name.startsWith("avg(") && typeof value === "number" ? Math.trunc(value) : value,
        ]),
      ),
    ),
  },
} as const satisfies Readonly<Record<string, Fault>>;

export type FaultName = keyof typeof faults;

/** The product with one fault; the good one stays as it is. */
export function broken(product: Product, name: FaultName): Product {
  const fault: Fault = faults[name];
  return {
    ...product,
    openEngine: async () => {
      const engine = await product.openEngine(product);
      return {
        dialect: engine.dialect,
        run: fault.engine?.(engine) ?? engine.run.bind(engine),
        [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
      };
    },
    ...(fault.resolvers ? { extension: { sdl: "", resolvers: fault.resolvers(product) } } : {}),
  };
}
