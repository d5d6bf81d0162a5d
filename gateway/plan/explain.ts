// The explanation of a plan: a tree that can be printed, plain data. Names of nodes and fields are public and stay.

/** What is asked of owners: `scan`, `groups`, `fetch`. What is done here: the rest of the rows' nodes. */
export type ExplainKind =
  /** The whole; its inputs are root fields, or the fetches of a question of plain federation. */
  | "question"
  /** Root fields: a list, groups, aggregates, or anything else, asked of federation. */
  | "list"
  | "grouped"
  | "aggregate"
  | "object"
  /** Nodes of rows, as `gateway/plan/rows-plan.ts` tells them. */
  | "scan"
  | "groups"
  | "here"
  | "filter"
  | "lookup"
  | "group"
  | "regroup"
  | "ranked"
  | "led"
  | "sort"
  /** Keys that one side's rows give to another side's question. */
  | "key set"
  /** Two ways to a key set, of which one is taken by counts. */
  | "choose"
  /** Objects brought by federation, and its requests. */
  | "template"
  | "fetch"
  /** A list or an aggregate beneath an object, its arguments bound by the plan. */
  | "nested";

export type ExplainNode = {
  readonly node: ExplainKind;
  /** What it is of: a collection, a response name, a relationship; of a fetch, its number. */
  readonly name?: string;
  /** Who is asked. */
  readonly subgraph?: string;
  /** Columns that are brought, or what a fetch selects. */
  readonly columns?: readonly string[];
  /** Keys: of groups, of a lookup, of a key set. */
  readonly by?: readonly string[];
  readonly aggregates?: readonly string[];
  /** The predicate that the owner is asked. */
  readonly pushed?: string;
  /** The predicate that is decided here. */
  readonly residual?: string;
  readonly having?: string;
  readonly order?: readonly string[];
  readonly limit?: number;
  readonly offset?: number;
  /** Of a fetch: numbers of those that it waits for. */
  readonly after?: readonly number[];
  /** Rules that made it what it is. */
  readonly rules?: readonly string[];
  /** Why it is done so, and why no more of it is asked of the owner: sentences. */
  readonly why?: readonly string[];
  /** At most so many rows, or as many as were counted lately; left out where nothing is known. */
  readonly estimatedRows?: number;
  /** What running it came to; left out where it was not run. */
  readonly actual?: Actual;
  readonly inputs: readonly ExplainNode[];
};

/** Requests and bytes are a node's own, milliseconds are with its inputs. */
export type Actual = {
  readonly rows?: number;
  readonly keys?: number;
  /** That were answered. */
  readonly requests: number;
  /** That were on their way already, asked by another node or another caller, and were not sent again. */
  readonly shared?: number;
  /** Of the owners' answers, as they came. */
  readonly bytes: number;
  /** From the beginning of the question. */
  readonly startedMs: number;
  readonly tookMs: number;
} & Noted;

/** What a node tells of how it ran. */
export type Noted = {
  /** Questions that its keys were divided into, where there was more than one. */
  readonly parts?: number;
  /** Key sets too long for the owner's question, decided here. */
  readonly keptHere?: readonly string[];
  /** The way that a choice took, and the counts it was taken by. */
  readonly taken?: "foreign" | "local";
  readonly foreignRows?: number;
  readonly localRows?: number;
  /** Entities that a fetch asked for. */
  readonly entities?: number;
  /** Those of them, or those requests, that were remembered and not asked for. */
  readonly remembered?: number;
};
