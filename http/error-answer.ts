// Errors as answers: GraphQL-shaped, coded, and without anything that is not the caller's to see.
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { Fault } from "../schema/product/fault.ts";
import { rootCause } from "../schema/product/root-cause.ts";
import { http } from "./http-faults.ts";

/** Tells the log of a failure that is the operator's. */
export type ReportFailure = (failure: Fault, cause: unknown) => void;

/** The body of an answer that is one error. */
export function errorBody(fault: Fault): { errors: readonly GraphQLFormattedError[] } {
  return { errors: [shown(fault)] };
}

function shown(fault: Fault): { message: string; extensions: Record<string, unknown> } {
  return fault.audience === "caller"
    ? { message: fault.message, extensions: { ...fault.extensions } }
    : {
        message: `The request could not be answered (${fault.code}). The operator finds the reason in the log.`,
        extensions: { code: fault.code },
      };
}

/** A failure as a Fault: itself, or INTERNAL for what nobody foresaw. */
export function asFault(failure: unknown): Fault {
  if (failure instanceof Fault) return failure;
  return http.INTERNAL({ problem: failure instanceof Error ? failure.message : String(failure) }, failure);
}

/**
 * For Apollo Server's `formatError`: a GraphQL error of the caller's stays as it is; a failure behind one is shown
 * as its Fault says.
 */
export function formatErrorWith(report: ReportFailure) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const cause = rootCause(error);
    // What a subgraph answered stands as it wrote it; only failures of our own process are Errors here.
    if (!(cause instanceof Error) || cause instanceof GraphQLError) return formatted;
    const fault = asFault(cause);
    if (fault.audience === "operator") report(fault, cause);
    return { ...formatted, ...shown(fault) };
  };
}
