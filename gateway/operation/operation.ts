// The operation: one question, parsed and valid against the published schema.
import { type DocumentNode, type OperationDefinitionNode, OperationTypeNode } from "graphql";
import type { Brand } from "../../schema/product/brand.ts";
import { operating } from "./operation-faults.ts";

type Parsed = {
  readonly text: string;
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  readonly name: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Hash of the text: what equal questions share. */
  readonly hash: string;
};

export type Operation = Brand<Parsed, "Operation">;

/**
 * The only way to an Operation: from a document that parsed and validated.
 * @throws operating.SUBSCRIPTION_NOT_YET
 */
export function mintOperation(parsed: Parsed): Operation {
  if (parsed.definition.operation === OperationTypeNode.SUBSCRIPTION)
    throw operating.SUBSCRIPTION_NOT_YET({});
  return parsed as Operation;
}
