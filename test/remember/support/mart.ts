// Products with many rows that change all the time. Each value says which version it is of, and when its source read it.
import { setTimeout as sleep } from "node:timers/promises";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { type DocumentNode, execute, parse } from "graphql";
import { meshDirectiveSdl, meshSchemaExtension } from "../../../schema/product/mesh-directives.ts";
import { answerJson, type HttpServer, httpServer, type Received } from "../../gateway/support/http-server.ts";
import { openGate } from "./gate.ts";

export type Column = "label" | "price" | "amount";
type SubgraphName = "goods" | "stock" | "clock" | "gossip";

/** By column: the product whose events tell that it changed, and the entity that they name. */
export const columns = {
  label: { product: "goods", entity: "Good" },
  price: { product: "offers", entity: "Offer" },
  amount: { product: "offers", entity: "Offer" },
} as const;

export const rowsMax = 60;
export const pageSize = 6;
/** Milliseconds that what the clock says may be old: nothing tells that it has moved on. */
export const clockSloMs = 1_000;

const product = (id: string) =>
  `@dataProduct(id: "${id}", version: "1.0.0", domain: "d", owner: "o", contact: "c@weft.example")`;

const sdls = (slo: string): Readonly<Record<SubgraphName, string>> => ({
  goods: `type Query { good(id: Int!): Good goods(page: Int!): [Good!]! seen(id: Int!): String mine: Good }
    type Good @key(fields: "id") ${product("goods")} @freshness(slo: "${slo}") { id: Int! label: String seen: String }`,
  stock: `type Query { offers(page: Int!): [Offer!]! }
    type Offer @key(fields: "id") ${product("offers")} @freshness(slo: "PT30M") {
      id: Int! amount: String good: Good }
    type Good @key(fields: "id") { id: Int! price: String }`,
  clock: `type Query { tick(id: Int!): Tick }
    type Tick @key(fields: "id") ${product("ticks")} @freshness(slo: "PT1S") { id: Int! at: String good: Good }
    type Good @key(fields: "id") { id: Int! }`,
  gossip: `type Query { rumour: String }`,
});

export type Mart = AsyncDisposable & {
  readonly subgraphs: Readonly<Record<SubgraphName, string>>;
  /** The rows of a column get a new version; answers which. */
  readonly change: (column: Column, id: number) => number;
  /** Bodies of the requests since the last call, without those for the SDL. */
  readonly take: (subgraph: SubgraphName) => readonly string[];
  /** Answers of `goods` wait, their values read, until the returned function is called. */
  readonly hold: () => () => void;
};

export type MartOptions = {
  /** Objective of the goods. */
  readonly slo?: string;
  /** How long a request takes before and after its values are read, in milliseconds. */
  readonly takesMs?: () => number;
};

/** What a value tells: `label 3 v2 @1700000000000`. */
export function readValue(text: string): { readonly version: number; readonly readAtMs: number } {
  const [, version, readAtMs] = / v(\d+) @(\d+)$/.exec(text) ?? [];
  if (version === undefined) throw new Error(`no value: ${text}`);
  return { version: Number(version), readAtMs: Number(readAtMs) };
}

export async function openMart({ slo = "PT1H", takesMs = () => 0 }: MartOptions = {}): Promise<Mart> {
  const versions = new Map<string, number>();
  const versionOf = (column: string, id: number) => versions.get(`${column} ${id}`) ?? 0;
  const value = (column: string, id: number) => `${column} ${id} v${versionOf(column, id)} @${Date.now()}`;
  const gate = openGate();

  type Row = { readonly id: number };
  type Resolve = (parent: Row, args: never, received: Received) => unknown;
  const row = (id: number) => (id >= 0 && id < rowsMax ? { id } : null);
  const reference = { __resolveReference: ({ id }: Row) => row(id) };
  const pageOf = (_: unknown, { page }: { readonly page: number }) =>
    Array.from({ length: pageSize }, (_each, i) => ({ id: (page * pageSize + i) % rowsMax }));
  const seenBy = ({ headers }: Received, id: number) => `${id} seen by ${headers.authorization ?? "nobody"}`;
  const resolvers: Readonly<
    Record<SubgraphName, Readonly<Record<string, Readonly<Record<string, Resolve>>>>>
  > = {
    goods: {
      Query: {
        good: (_, { id }: Row) => row(id),
        goods: pageOf,
        seen: (_, { id }: Row, received) => seenBy(received, id),
        mine: (_, __, { headers }) => row(Number(/\d+/.exec(headers.authorization ?? "0")?.[0]) % rowsMax),
      },
      Good: {
        ...reference,
        label: ({ id }) => value("label", id),
        seen: ({ id }, _, received) => seenBy(received, id),
      },
    },
    stock: {
      Query: { offers: pageOf },
      Offer: { ...reference, amount: ({ id }) => value("amount", id), good: ({ id }) => ({ id }) },
      Good: { ...reference, price: ({ id }) => value("price", id) },
    },
    clock: {
      Query: { tick: (_, { id }: Row) => row(id) },
      Tick: { ...reference, at: ({ id }) => value("at", id), good: ({ id }) => ({ id }) },
      Good: reference,
    },
    gossip: { Query: { rumour: () => "they say" } },
  };

  const serve = (name: SubgraphName): Promise<HttpServer> => {
    const sdl = sdls(slo)[name];
    const text = name === "gossip" ? sdl : `${meshSchemaExtension}${meshDirectiveSdl}\n${sdl}`;
    const schema = buildSubgraphSchema({ typeDefs: parse(text), resolvers: resolvers[name] as never });
    const documents = new Map<string, DocumentNode>();
    return httpServer(async (response, received) => {
      const { query, variables } = JSON.parse(received.body);
      const document = documents.get(query) ?? parse(query);
      documents.set(query, document);
      await pause(takesMs());
      const answer = await execute({ schema, document, variableValues: variables, contextValue: received });
      if (name === "goods" && !query.includes("_service")) await gate.passed();
      await pause(takesMs());
      answerJson(response, answer);
    });
  };
  const [goods, stock, clock, gossip] = (await Promise.all(
    (["goods", "stock", "clock", "gossip"] as const).map(serve),
  )) as [HttpServer, HttpServer, HttpServer, HttpServer];
  const servers = { goods, stock, clock, gossip };
  return {
    subgraphs: { goods: goods.url, stock: stock.url, clock: clock.url, gossip: gossip.url },
    change: (column, id) => {
      const version = versionOf(column, id) + 1;
      versions.set(`${column} ${id}`, version);
      return version;
    },
    take: (subgraph) => {
      const since = (servers[subgraph].received as Received[]).splice(0);
      return since.map(({ body }) => body).filter((body) => !body.includes("_service"));
    },
    hold: gate.hold,
    [Symbol.asyncDispose]: async () => {
      for (const server of Object.values(servers)) await server[Symbol.asyncDispose]();
    },
  };
}

const pause = (ms: number): unknown => (ms > 0 ? sleep(ms) : undefined);
