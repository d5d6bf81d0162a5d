// Ports that hold the planner to what their collections declare: whatever else they are asked is an error of the test, and
// what they only declare inexact lets extra rows through.
import { strict as assert } from "node:assert";
import { startPort } from "weft/sdk";
import { configSchema } from "../../../gateway/config.ts";
import type { RowsRuntime } from "../../../gateway/execute/rows/rows-runtime.ts";
import { openSubgraphs } from "../../../gateway/fetch/open-subgraphs.ts";
import { type Facts, relationOf } from "../../../gateway/plan/facts.ts";
import type { MeshCollection } from "../../../schema/product/mesh.ts";
import type { Operator } from "../../../schema/product/predicate.ts";
import { workshopProducts } from "./workshop-mesh.ts";

type Input = Readonly<Record<string, unknown>>;

export type StrictPorts = AsyncDisposable & {
  /** Asks over HTTP, and no more than the facts' collections declare. */
  readonly runtime: (facts: Facts) => RowsRuntime;
};

export async function openStrictPorts(): Promise<StrictPorts> {
  const names = Object.keys(workshopProducts) as (keyof typeof workshopProducts)[];
  const ports = await Promise.all(names.map((name) => startPort(workshopProducts[name])));
  const addresses = new Map(names.map((name, i) => [name as string, `${ports[i]?.url}/graphql`]));
  const { fetch } = configSchema.pick({ fetch: true }).parse({ fetch: {} });
  const subgraphs = openSubgraphs({ observe: () => {} }, fetch);
  return {
    runtime: (facts) => {
      const counts = new Map<string, number>();
      return {
        facts,
        subgraphs: addresses,
        ask: async (subgraph, request, asking) => {
          const { body, collection, isList } = checked(JSON.parse(request.body), facts);
          const answer = await subgraphs.ask(subgraph, { ...request, body: JSON.stringify(body) }, asking);
          const { length } = [(answer.data as Input | undefined)?.rows].flat();
          const isPage = !isList || (collection.limit && collection.sort === "exact");
          assert(!isPage || length <= collection.rowsMax, `${collection.name} answered ${length} rows`);
          return answer;
        },
        cardinalities: { get: (text) => counts.get(text), set: (text, count) => counts.set(text, count) },
        limits: { keysMax: 100_000, rowsMax: 100_000, chunksAtOnceMax: 4 },
      };
    },
    [Symbol.asyncDispose]: async () => {
      await subgraphs[Symbol.asyncDispose]();
      await Promise.all(ports.map((port) => port[Symbol.asyncDispose]()));
    },
  };
}

function checked({ query, variables }: { query: string; variables: Input }, facts: Facts) {
  const [, field] = /rows: (\w+)/.exec(query) ?? [];
  const collection = [...facts.mesh.collections.values()].find(({ name, aggregate, groups }) =>
    [name, aggregate, groups].includes(field),
  );
  assert(collection && field, `${query} asks no field that is declared`);
  const isList = field === collection.name;
  if (collection.sort === "none") assert(!variables.order_by, `${field} is not sorted by its owner`);
  if (isList && !collection.limit) assert(!("limit" in variables), `${field} has no pages`);
  assert(
    ((variables.limit as number) ?? 0) <= collection.rowsMax,
    `${field} has ${collection.rowsMax} rows at most`,
  );
  if (variables.having) checkHaving(variables.having, collection);
  const where =
    variables.where &&
    softened(variables.where as Input, { facts, collection, isNegated: false, keysMax: collection.keysMax });
  const body = { query, variables: { ...variables, ...(where ? { where } : {}) } };
  return { body, collection, isList };
}

type On = {
  readonly facts: Facts;
  readonly collection: MeshCollection;
  readonly isNegated: boolean /** Of the collection that is asked. */;
  readonly keysMax: number;
};

/** The `where` without the tests of inexact operators. */
function softened(where: Input, on: On): Input {
  return Object.fromEntries(
    Object.entries(where).flatMap(([name, value]): [string, unknown][] => {
      if (name === "_and" || name === "_or")
        return [[name, (value as readonly Input[]).map((each) => softened(each, on))]];
      if (name === "_not") return [[name, softened(value as Input, { ...on, isNegated: true })]];
      const relation = relationOf(on.facts, on.collection, name);
      if (!relation) return [[name, tests(value as Input, on)]];
      const isTogether = relation.to?.subgraph === on.collection.subgraph;
      const { _is_null: isNull, ...inner } = value as Input;
      const isKept = isNull !== undefined && keeps("_is_null", isNull, on);
      const beneath =
        isTogether && relation.to ? softened(inner, { ...on, collection: relation.to }) : onKey(inner, on);
      if (isNull !== undefined && !isKept && Object.keys(inner).length === 0) return [];
      return [[name, { ...(isKept && { _is_null: isNull }), ...beneath }]];
    }),
  );
}

/** What stands beneath the key of a reference. */
function onKey(where: Input, on: On): Input {
  return Object.fromEntries(
    Object.entries(where).map(([name, value]): [string, unknown] => {
      if (name === "_and" || name === "_or")
        return [name, (value as readonly Input[]).map((each) => onKey(each, on))];
      if (name === "_not") return [name, onKey(value as Input, { ...on, isNegated: true })];
      return [name, tests(value as Input, on)];
    }),
  );
}

function tests(of: Input, on: On): Input {
  return Object.fromEntries(Object.entries(of).filter(([operator, value]) => keeps(operator, value, on)));
}

/** Is the test decided by the owner? */
function keeps(operator: string, value: unknown, { collection, isNegated, keysMax }: On): boolean {
  const { name, exact, inexact } = collection;
  if (Array.isArray(value))
    assert(value.length <= keysMax, `${name} takes ${keysMax} keys, and got ${value.length}`);
  if (inexact.includes(operator as Operator)) {
    assert(!isNegated, `${name} is asked ${operator} under _not, and answers it inexactly`);
    return false;
  }
  assert(exact === undefined || exact.includes(operator as Operator), `${name} does not answer ${operator}`);
  return true;
}

function checkHaving(value: unknown, collection: MeshCollection): void {
  if (Array.isArray(value)) for (const each of value) checkHaving(each, collection);
  else if (typeof value === "object" && value !== null)
    for (const [name, inner] of Object.entries(value)) {
      const isOperator = name.startsWith("_") && !["_and", "_or", "_not"].includes(name);
      if (isOperator)
        assert(keeps(name, inner, { collection, isNegated: true, keysMax: collection.keysMax } as On));
      else checkHaving(inner, collection);
    }
}
