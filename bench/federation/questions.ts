// The two questions, and the requests that ask them: each of another group, so that no two have anything to share.
import { groupsCount } from "./catalogue.ts";

export type Question = {
  readonly name: "deep" | "small";
  readonly query: string;
  /** The fewest calls that answer it while no call waits that could be made. */
  readonly callsMin: number;
};

export type QuestionName = Question["name"];

/** `hot`: all requests are alike. */
export type Sequence = "distinct" | "hot";

const fragments = `
fragment User on User { id username name }
fragment Review on Review { id body }
fragment Product on Product { inStock name price shippingEstimate upc weight }`;

/** users, topProducts | reviews of both, inventory of the products | accounts, products of the rest | its inventory. */
const deep: Question = {
  name: "deep",
  query: `query deep($group: Int!, $groups: Int! = 1) {
  users(group: $group, groups: $groups) {
    ...User
    reviews { ...Review product { ...Product reviews { ...Review author { ...User reviews {
      ...Review product { ...Product }
    } } } } }
  }
  topProducts(group: $group) {
    ...Product
    reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } }
  }
}${fragments}`,
  callsMin: 7,
};

/** products | inventory, reviews | accounts. */
const small: Question = {
  name: "small",
  query: `query small($group: Int!) {
  topProducts(group: $group, first: 3) { ...Product reviews { ...Review author { ...User } } }
}${fragments}`,
  callsMin: 4,
};

export const questions: readonly [deep: Question, small: Question] = [deep, small];

/** The body of a request; `groups` > 1 makes the answer of the deep question that many times as large. */
export function requestBody({ name, query }: Question, group: number, groups = 1): string {
  const variables = groups > 1 ? { group, groups } : { group };
  return JSON.stringify({ operationName: name, query, variables });
}

/** A request that differs from the thousand before it, or from none. */
export function groupOf(request: number, sequence: Sequence): number {
  return sequence === "hot" ? 0 : request % groupsCount;
}
