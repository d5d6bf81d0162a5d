// Two products whose rows change: books, and what a shop has of them. Each value says which version it is of.
import {
  federationSpecUrl,
  meshDirectiveSdl,
  meshSchemaExtension,
} from "../../../schema/product/mesh-directives.ts";
import { graphqlSubgraph } from "../../gateway/support/graphql-subgraph.ts";
import type { HttpServer, Received } from "../../gateway/support/http-server.ts";
import { openGate } from "./gate.ts";

const product = (id: string) =>
  `@dataProduct(id: "${id}", version: "1.0.0", domain: "d", owner: "o", contact: "c@weft.example")`;
const meshed = (body: string) => `${meshSchemaExtension}${meshDirectiveSdl}\n${body}`;

const booksSdl = meshed(`
  type Query { books(named: String): [Book!]! book(id: Int!): Book shelves: [Shelf!]! seen: String }
  type Mutation { rewrite(id: Int!): Int }
  type Book @key(fields: "id") ${product("books")} @freshness(slo: "PT1H") {
    id: Int! title: String titleOf(id: Int! = 3): String broken: String shelf: Shelf told: [String!] }
  type Shelf @key(fields: "name") ${product("shelves")} @freshness(slo: "PT1H") { name: String! books: [Book!]! }`);

const shopSdl = meshed(`
  type Query { offers: [Offer!]! }
  type Offer @key(fields: "id") ${product("offers")} @freshness(slo: "PT30M") { id: Int! book: Book }
  type Book @key(fields: "id") { id: Int! price: String }`);

const gossipSdl = `extend schema @link(url: "${federationSpecUrl}", import: ["@key"])
  type Query { rumours: [String!]! } type Book @key(fields: "id") { id: Int! rumour: String }`;

export type Shelf = AsyncDisposable & {
  readonly subgraphs: Readonly<Record<"books" | "shop" | "gossip", string>>;
  /** Bodies of the requests since the last call, without those for the SDL. */
  readonly take: (subgraph: "books" | "shop" | "gossip") => readonly string[];
  /** A new version of a book's title, or of its price. */
  readonly change: (what: "title" | "price", id: number) => void;
  readonly version: (what: "title" | "price", id: number) => number;
  /** What is asked of `books` waits, its values read, until the returned function is called. */
  readonly hold: () => () => void;
};

export async function openShelf(): Promise<Shelf> {
  const versions = new Map<string, number>();
  const version = (what: string, id: number) => versions.get(`${what} ${id}`) ?? 0;
  const gate = openGate();
  /** The value as it is now, told when the hold is over. */
  const soon = async <T>(value: T): Promise<T> => {
    await gate.passed();
    return value;
  };
  const book = ({ id }: { readonly id: number }) => ({
    id,
    title: () => soon(`title ${id} v${version("title", id)}`),
    /** Of another row, though it is no object. */
    titleOf: ({ id }: { readonly id: number }) => `title ${id} v${version("title", id)}`,
    told: () => [`title 3 v${version("title", 3)}`],
  });
  const ids = [1, 2, 3];
  const books = await graphqlSubgraph(booksSdl, {
    Query: {
      books: () => ids.map((id) => book({ id })),
      book: (_: never, { id }: { readonly id: number }) => (ids.includes(id) ? book({ id }) : null),
      shelves: () => [{ name: "top" }],
      seen: (_: never, __: never, { headers }: Received) => headers.authorization ?? "nobody",
    },
    Mutation: {
      rewrite: (_: never, { id }: { readonly id: number }) => {
        versions.set(`title ${id}`, version("title", id) + 1);
        return version("title", id);
      },
    },
    Book: {
      __resolveReference: ({ id }: { readonly id: number }) => (ids.includes(id) ? book({ id }) : null),
      broken: () => {
        throw new Error("broken");
      },
      shelf: () => ({ name: "top" }),
    },
    Shelf: {
      __resolveReference: ({ name }: { readonly name: string }) => ({ name }),
      books: () => ids.map((id) => book({ id })),
    },
  } as never);
  const shop = await graphqlSubgraph(shopSdl, {
    Query: { offers: () => [{ id: 1 }, { id: 2 }] },
    Offer: {
      __resolveReference: ({ id }: { readonly id: number }) => ({ id }),
      book: ({ id }: { readonly id: number }) => ({ __typename: "Book", id }),
    },
    Book: {
      __resolveReference: ({ id }: { readonly id: number }) => ({ id }),
      price: ({ id }: { readonly id: number }) => `price ${id} v${version("price", id)}`,
    },
  } as never);
  let rumours = 0;
  const gossip = await graphqlSubgraph(gossipSdl, {
    Query: { rumours: () => [`rumour ${rumours++}`] },
    Book: {
      __resolveReference: ({ id }: { readonly id: number }) => ({ id }),
      rumour: () => `rumour ${rumours++}`,
    },
  } as never);
  const servers: Readonly<Record<"books" | "shop" | "gossip", HttpServer>> = { books, shop, gossip };
  const taken = { books: 0, shop: 0, gossip: 0 };
  return {
    subgraphs: { books: books.url, shop: shop.url, gossip: gossip.url },
    take: (subgraph) => {
      const { received } = servers[subgraph];
      const since = received.slice(taken[subgraph]);
      taken[subgraph] = received.length;
      return since.map(({ body }) => body).filter((body) => !body.includes("_service"));
    },
    change: (what, id) => void versions.set(`${what} ${id}`, version(what, id) + 1),
    version,
    hold: gate.hold,
    [Symbol.asyncDispose]: async () => {
      for (const server of Object.values(servers)) await server[Symbol.asyncDispose]();
    },
  };
}
