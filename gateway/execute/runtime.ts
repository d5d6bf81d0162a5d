// What operators stand on: the schema that is published, the subgraphs behind it, and limits.
import type { GraphQLSchema } from "graphql";
import type { Subgraphs } from "../fetch/open-subgraphs.ts";
import type { VariableLimits } from "../operation/operation-limits.ts";
import type { JsonWriter } from "./json-writer.ts";
import type { Recall } from "./recall.ts";

export type Runtime = {
  readonly schema: GraphQLSchema;
  /** Addresses by the names that plans use. */
  readonly subgraphs: ReadonlyMap<string, string>;
  readonly ask: Subgraphs["ask"];
  /** Of entities, which are remembered one by one; left out = none are, and `ask` asks for them too. */
  readonly recall?: Recall;
  /** Answers are written one after another, each at one go. */
  readonly out: JsonWriter;
  readonly limits: VariableLimits & {
    /** Most representations in one request; more are asked for in several. */
    readonly representationsMax: number;
  };
};
