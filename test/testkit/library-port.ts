// A port made by hand: graphql-js over arrays, with few capabilities, declared as they are. One fault at a time, if asked.
import { GraphQLError, type GraphQLFieldResolver } from "graphql";
import { graphqlSubgraph } from "../gateway/support/graphql-subgraph.ts";
import type { HttpServer, Received } from "../gateway/support/http-server.ts";

type Book = {
  readonly id: number;
  readonly title: string | null;
  readonly pages: number | null;
  readonly writerId: string | null;
};

const books: readonly Book[] = [
  { id: 1, title: "Moby Dick", pages: 585, writerId: "w1" },
  { id: 2, title: "moby duck", pages: null, writerId: "w1" },
  { id: 3, title: null, pages: 12, writerId: null },
  { id: 4, title: "O'Brien's 100%", pages: 12, writerId: "w2" },
  { id: 5, title: "Emma", pages: 474, writerId: "w3" },
  { id: 6, title: "emmA", pages: 474, writerId: "w3" },
];

const languages = [
  { code: "en", name: "English" },
  { code: "fr", name: "French" },
];

const keysMax = 40;

/** What can be wrong with it. Each names the check that must find it. */
export const libraryFaults = {
  "an inexact operator loses rows": "filter-operators",
  "an inexact operator lets through what `_and` excludes": "filter-operators",
  "it sorts though it declares no sorting": "declaration",
  "it pages though it declares no pages": "declaration",
  "it answers an operator that it does not declare": "declaration",
  "it declares an operator that no column takes": "declaration",
  "too many representations are cut off": "entities",
  "too many representations are answered": "entities",
  "not as many representations are taken as declared": "entities",
} as const;

export type LibraryFault = keyof typeof libraryFaults;

const sdl = (fault: LibraryFault | undefined) => `
extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective"])
  @link(url: "https://weft.dev/spec/mesh/v1.0", import: ["@dataProduct", "@collection", "@reference"])
  @composeDirective(name: "@dataProduct") @composeDirective(name: "@collection") @composeDirective(name: "@reference")

directive @dataProduct(id: String!, version: String!, domain: String!, owner: String!, contact: String!,
                       status: String! = "active", contract: String) on OBJECT
directive @collection(entity: String!, dialect: String! = "weft", filter: [String!], inexact: [String!], sort: String! = "exact",
                      limit: Boolean! = true, aggregate: String, groups: String, byPk: String,
                      keysMax: Int! = 10000, rowsMax: Int! = 100000) on FIELD_DEFINITION
directive @reference(key: [String!], inverseOf: String) on FIELD_DEFINITION

type Query {
  books(where: books_bool_exp, limit: Int, offset: Int${fault?.includes("sorts") ? ", order_by: [books_order_by!]" : ""}): [Book!]!
    @collection(entity: "Book", filter: ["_eq", "_in"${fault?.includes("no column") ? ', "_nin"' : ""}], inexact: ["_ilike"], sort: "none", byPk: "book", keysMax: ${keysMax}, rowsMax: 100)
  book(id: Int!): Book
  languages${fault?.includes("pages") ? "(limit: Int, offset: Int)" : ""}: [Language!]! @collection(entity: "Language", filter: [], sort: "none", limit: false, keysMax: ${keysMax})
}

type Book @key(fields: "id") @dataProduct(id: "library", version: "1.0.0", domain: "culture", owner: "Library", contact: "library@weft.example") {
  id: Int!
  title: String
  pages: Int
  writerId: String
  writer: Writer @reference(key: ["writerId"])
}

type Writer @key(fields: "id", resolvable: false) { id: String! }

type Language @key(fields: "code") @dataProduct(id: "languages", version: "1.0.0", domain: "culture", owner: "Library", contact: "library@weft.example") {
  code: String!
  name: String!
}

input books_bool_exp {
  _and: [books_bool_exp!]
  _or: [books_bool_exp!]
  _not: books_bool_exp
  id: books_Int_exp
  title: books_String_exp
  pages: books_Int_exp
  writerId: books_String_exp
  writer: books_writer_exp
}
input books_writer_exp { id: books_String_exp }
input books_Int_exp { _eq: Int, _in: [Int!]${fault?.includes("does not declare") ? ", _gt: Int" : ""} }
input books_String_exp { _eq: String, _in: [String!], _ilike: String }
input books_order_by { id: books_direction }
enum books_direction { asc desc }
`;

type Where = Readonly<Record<string, unknown>>;
type Truth = boolean | undefined;

const not = (truth: Truth): Truth => (truth === undefined ? undefined : !truth);
const all = (truths: readonly Truth[]): Truth =>
  truths.includes(false) ? false : truths.includes(undefined) ? undefined : true;

function refuse(code: string): never {
  throw new GraphQLError(code, { extensions: { code } });
}

function truthOf(where: Where, book: Book, fault: LibraryFault | undefined): Truth {
  return all(
    Object.entries(where).map(([name, value]): Truth => {
      if (value === null) return refuse("NULL_COMPARED");
      const parts = () => (value as readonly Where[]).map((part) => truthOf(part, book, fault));
      if (name === "_and") {
        const truths = parts();
        return fault?.includes("excludes") && "title" in ((value as Where[]).at(-1) ?? {})
          ? true
          : all(truths);
      }
      if (name === "_or") return not(all(parts().map(not)));
      if (name === "_not") return not(truthOf(value as Where, book, fault));
      // A writer is somewhere else: TRUE or FALSE, never UNKNOWN.
      if (name === "writer") return testsOf((value as Where).id ?? {}, book.writerId, fault) === true;
      return testsOf(value, book[name as keyof Book], fault);
    }),
  );
}

function testsOf(tests: unknown, found: string | number | null, fault: LibraryFault | undefined): Truth {
  return all(
    Object.entries(tests as Where).map(([operator, operand]): Truth => {
      if (operand === null) return refuse("NULL_COMPARED");
      if (operator === "_in" && (operand as unknown[]).length > keysMax) return refuse("KEYS_MAX");
      if (operator === "_in")
        return (operand as unknown[]).length > 0 && found === null
          ? undefined
          : (operand as unknown[]).includes(found);
      if (found === null) return undefined;
      if (operator === "_gt") return Number(found) > Number(operand);
      if (operator === "_eq") return found === operand;
      return alike(String(found), String(operand), fault);
    }),
  );
}

/** Nearly `_ilike`: the first letter alone, whatever its case. */
function alike(found: string, pattern: string, fault: LibraryFault | undefined): boolean {
  const first = pattern.replace(/^\\/, "").charAt(0);
  if (fault?.includes("loses")) return found.startsWith(first);
  return pattern === "" || /^[%_]/.test(pattern) || found.toLowerCase().startsWith(first.toLowerCase());
}

type Page = { readonly where?: Where | null; readonly limit?: number; readonly offset?: number };

/** Lists come in no order that could be relied on. */
function listed<Row>(rows: readonly Row[], { limit = rows.length, offset = 0 }: Page): readonly Row[] {
  if (limit < 0 || offset < 0) refuse("NEGATIVE");
  return rows.toReversed().slice(offset, offset + limit);
}

const withWriter = (book: Book | undefined) =>
  book && { ...book, writer: book.writerId === null ? null : { __typename: "Writer", id: book.writerId } };

type Resolver = GraphQLFieldResolver<unknown, unknown>;

function resolversOf(fault: LibraryFault | undefined) {
  const query: Readonly<Record<string, Resolver>> = {
    books: (_, args: Page) => {
      const { where } = args;
      return listed(
        books.filter((book) => !where || truthOf(where, book, fault) === true),
        args,
      ).map(withWriter);
    },
    book: (_, { id }) => withWriter(books.find((book) => book.id === id)),
    languages: (_, args: Page) => listed(languages, args),
  };
  return {
    Query: query,
    Book: {
      __resolveReference: ({ id }: { readonly id: number }, received: Received) =>
        (mayAsk(received, fault) && withWriter(books.find((book) => book.id === id))) || null,
    },
    Language: {
      __resolveReference: ({ code }: { readonly code: string }, received: Received) =>
        (mayAsk(received, fault) && languages.find((language) => language.code === code)) || null,
    },
  };
}

/** Too many representations are refused, each of them. */
function mayAsk({ body }: Received, fault: LibraryFault | undefined): boolean {
  const asked = JSON.parse(body).variables.of.length;
  if (asked <= (fault?.startsWith("not as many") ? keysMax - 1 : keysMax)) return true;
  if (fault?.endsWith("representations are answered")) return true;
  return fault?.endsWith("cut off") ? false : refuse("KEYS_MAX");
}

/** It listens until it is disposed of. */
export function libraryPort(fault?: LibraryFault): Promise<HttpServer> {
  return graphqlSubgraph(sdl(fault), resolversOf(fault) as never);
}
