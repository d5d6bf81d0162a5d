// Permission: the gate between an operation and any plan for it.
import { OperationTypeNode } from "graphql";
import type { Brand } from "../../schema/product/brand.ts";
import type { Operation } from "../operation/operation.ts";
import { policing } from "./policy-faults.ts";

export type PermittedOperation = Brand<Operation, "PermittedOperation">;

export type Policy = { readonly mutations: boolean };

/**
 * The only way to a PermittedOperation.
 * @throws policing.MUTATIONS_OFF
 */
export function permit(operation: Operation, { mutations }: Policy): PermittedOperation {
  if (operation.definition.operation === OperationTypeNode.MUTATION && !mutations)
    throw policing.MUTATIONS_OFF({});
  return operation as PermittedOperation;
}
