// What federation's composition says is wrong or lost, with the definitions that it points to: plain data.
import type { ASTNode, GraphQLError } from "graphql";

/** A definition as a subgraph wrote it. Lines and columns begin at 1. */
export type ComplaintNode = {
  readonly subgraph: string;
  readonly line: number;
  readonly column: number;
  /** Where it begins and ends in the subgraph's SDL, in characters. */
  readonly start: number;
  readonly end: number;
};

export type Complaint = {
  /** error: it does not compose. hint: what composition left out, changed or chose without being asked. */
  readonly kind: "error" | "hint";
  /** Federation's code, such as `FIELD_TYPE_MISMATCH`, or that of a hint. */
  readonly code: string;
  readonly message: string;
  /** Only hints have it. */
  readonly coordinate?: string;
  /** In the order of the message; [] where federation does not say. */
  readonly nodes: readonly ComplaintNode[];
};

/** Why subgraphs do not compose. */
export function complaintOfError({ extensions, message, nodes = [] }: GraphQLError): Complaint {
  return { kind: "error", code: String(extensions.code ?? "UNKNOWN"), message, nodes: nodes.flatMap(nodeOf) };
}

/** As @apollo/composition has it: what composition did without being asked. */
type Hint = {
  readonly definition: { readonly code: string };
  readonly message: string;
  readonly coordinate?: string | undefined;
  readonly nodes?: readonly ASTNode[] | undefined;
};

/** What composition left out, changed or chose. */
export function complaintOfHint({ definition, message, coordinate, nodes = [] }: Hint): Complaint {
  return {
    kind: "hint",
    code: definition.code,
    message,
    ...(coordinate !== undefined && { coordinate }),
    nodes: nodes.flatMap(nodeOf),
  };
}

/** The SDL was parsed as the source of its subgraph's name. Nodes that federation made itself have no place. */
function nodeOf({ loc }: ASTNode): readonly ComplaintNode[] {
  if (!loc || loc.startToken.line === 0) return [];
  const { line, column } = loc.startToken;
  return [{ subgraph: loc.source.name, line, column, start: loc.start, end: loc.end }];
}
