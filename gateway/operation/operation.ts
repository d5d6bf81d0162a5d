// The operation: one question, parsed and within the limits of documents.
import { type DocumentNode, type OperationDefinitionNode, OperationTypeNode } from "graphql";
import type { Brand } from "../../schema/product/brand.ts";
import { checkLimits } from "./check-limits.ts";
import { operating } from "./operation-faults.ts";
import type { DocumentLimits } from "./operation-limits.ts";

type Parsed = {
  readonly text: string;
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  readonly name: string | undefined;
};

export type Operation = Brand<Parsed, "Operation">;

/**
 * The only way to an Operation. That it is valid on the published schema is the planner's to say.
 * @throws operating.SUBSCRIPTION_NOT_YET, and what `checkLimits` throws
 */
export function mintOperation(parsed: Parsed, limits: DocumentLimits): Operation {
  checkLimits(parsed.document, limits);
  if (parsed.definition.operation === OperationTypeNode.SUBSCRIPTION)
    throw operating.SUBSCRIPTION_NOT_YET({});
  return parsed as Operation;
}
