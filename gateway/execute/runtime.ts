// What operators stand on: the schema that is published, the subgraphs behind it, and limits.
import type { GraphQLSchema } from "graphql";
import type { Subgraphs } from "../fetch/open-subgraphs.ts";
import type { VariableLimits } from "../operation/operation-limits.ts";
import type { JsonWriter } from "./json-writer.ts";

export type Runtime = {
  readonly schema: GraphQLSchema;
  /** Addresses by the names that plans use. */
  readonly subgraphs: ReadonlyMap<string, string>;
  readonly ask: Subgraphs["ask"];
  /** Answers are written one after another, each at one go. */
  readonly out: JsonWriter;
  readonly limits: VariableLimits & {
    /** Most representations in one request; more are asked for in several. */
    readonly representationsMax: number;
  };
};
