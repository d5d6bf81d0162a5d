// The fetch tree: what the federation planner decided, free of any planner's own types. Plain data, so it goes between threads.

/** `undefined` in place of a tree: nothing has to be fetched (`{ __typename }`, introspection). */
export type FetchTree =
  /** One after the other: each may need what those before it brought. */
  | { readonly kind: "sequence"; readonly nodes: readonly FetchTree[] }
  /** In any order: none needs another. */
  | { readonly kind: "parallel"; readonly nodes: readonly FetchTree[] }
  /** By the value of a Boolean variable of the operation. */
  | {
      readonly kind: "condition";
      readonly variable: string;
      readonly whenTrue?: FetchTree;
      readonly whenFalse?: FetchTree;
    }
  | Fetch;

/** One request to one subgraph, for the objects that stand at a place of the answer. */
export type Fetch = {
  readonly kind: "fetch";
  readonly subgraph: string;
  readonly operation: "query" | "mutation";
  readonly operationName: string | undefined;
  /** Variables of the operation that it uses; a definition is `$first: Int = 5`, as GraphQL writes it. */
  readonly variables: readonly { readonly name: string; readonly definition: string }[];
  /** Text of the root selection set with its braces; that of `_entities` for a fetch of entities. No fragment is named. */
  readonly selection: string;
  /** What the answer may bring, by response name, over all type conditions. */
  readonly receives: readonly Received[];
  /** Response names from the root of the answer; `@` = each item of a list. Empty = the root itself. */
  readonly at: readonly string[];
  /** Of a fetch of entities: how its representations are made. Left out = a fetch of root fields. */
  readonly entities?: Entities;
  /** Applied in order to what was received (to each entity, or to the root's data) before it is joined. */
  readonly outputRewrites: readonly Rewrite[];
};

/** A field of an answer, by its response name; `fields` only where it is an object or a list of them. */
export type Received = {
  readonly name: string;
  /** Its own name, only where that is another; "" where several types' different fields have this response name. */
  readonly of?: string;
  readonly fields?: readonly Received[];
};

export type Entities = {
  /** What a representation holds. An object that lacks a part of it, or has no `__typename` in it, is not asked for. */
  readonly needed: readonly Needed[];
  /** Applied in order to each representation before it is sent. */
  readonly inputRewrites: readonly Rewrite[];
  /** Where an answered entity repeats the key that it was asked by. Empty = it can't be asked to. */
  readonly echoes: readonly Echo[];
  /** Arguments taken from objects above (`@fromContext`). */
  readonly context: readonly ContextArgument[];
};

export type Needed =
  | { readonly kind: "field"; readonly name: string; readonly needed?: readonly Needed[] }
  /** Only of objects whose `__typename` is one of `types`: a type, all that implement it, and itself. */
  | { readonly kind: "on"; readonly types: readonly string[]; readonly needed: readonly Needed[] };

export type Echo = {
  /** `__typename`s of representations (as sent) that this echo is for. */
  readonly types: readonly string[];
  /** `__typename`s that the entity may then be answered with. */
  readonly answeredAs: readonly string[];
  /** The leaves of the key: where each stands in the representation as sent, and in the answered entity. */
  readonly leaves: readonly { readonly sent: readonly string[]; readonly answered: readonly string[] }[];
};

export type Rewrite =
  /** Gives `field` of every object at `path` a value. */
  | {
      readonly kind: "set";
      readonly path: readonly RewriteStep[];
      readonly field: string;
      readonly value: unknown;
    }
  /** Moves `field` of every object at `path` to another name, where it is there. */
  | {
      readonly kind: "rename";
      readonly path: readonly RewriteStep[];
      readonly field: string;
      readonly to: string;
    };

/** A field to step into (through lists, each item), or a type that the object must have to go on. */
export type RewriteStep =
  | { readonly kind: "field"; readonly name: string }
  | { readonly kind: "on"; readonly types: readonly string[] };

/** `variable` of the fetch gets the value found by going `up` that many objects from the entity, then down `path`. */
export type ContextArgument = {
  readonly variable: string;
  readonly up: number;
  readonly path: readonly RewriteStep[];
};
