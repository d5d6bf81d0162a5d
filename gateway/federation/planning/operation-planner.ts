// Plans operations on one supergraph: parsed, valid, planned, as a fetch tree. All of it work for the planning thread.
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLFormattedError,
  getOperationAST,
  parse,
  print,
  printSchema,
  validate,
  visit,
} from "graphql";
import { Fault } from "../../../schema/product/fault.ts";
import { responseNameOf } from "../../plan/field-signature.ts";
import { federating } from "../federation-faults.ts";
import type { Planned, Question } from "../planner.ts";
import { selectAlways } from "./always-selected.ts";
import { addedNames, renameAliases } from "./client-aliases.ts";
import { overrideConditions, overrideLabels } from "./override-conditions.ts";
import { PlanningGateway } from "./planning-gateway.ts";
import { possibleTypes } from "./possible-types.ts";
import { withRequiredFields } from "./required-arguments.ts";
import { resolvableKeysFirst } from "./resolvable-keys-first.ts";
import { readSupergraph } from "./supergraph-facts.ts";
import { refuseUnenforced } from "./supergraph-features.ts";
import { type Conversion, toFetchTree } from "./to-fetch-tree.ts";
import { unplannedFields } from "./unplanned.ts";

export type OperationPlanner = {
  readonly apiSdl: string;
  /** Address by name. */
  readonly subgraphs: ReadonlyMap<string, string>;
  /** @throws federating.DEFER_NOT_YET, PLAN_TOO_LARGE, PLAN_INCOMPLETE, PLANNING_FAILED */
  readonly plan: (question: Question) => Planned;
};

/** @throws federating.FEATURES_NOT_ENFORCED and whatever Apollo's loader throws */
export async function openOperationPlanner(sdl: string): Promise<OperationPlanner> {
  const given = parse(sdl, { noLocation: true });
  refuseUnenforced(given);
  const { supergraph, required } = withRequiredFields(resolvableKeysFirst(given));
  const facts = readSupergraph(supergraph);
  const conversion: Conversion = { facts, possible: possibleTypes(facts), required };
  const labels = overrideLabels(facts);
  const added = addedNames(supergraph);
  // A field whose place a made one has taken would be found external without use.
  const gateway = new PlanningGateway(print(supergraph), { validateSupergraph: required.size === 0 });
  const apiSchema = await gateway.announce();

  const planValid = (given: DocumentNode, { text, operationName }: Question): Planned => {
    const { document, aliases } = renameAliases(selectAlways(given), added);
    const operation = getOperationAST(document, operationName);
    if (!operation) return invalid([noOperation(operationName)], "OPERATION_RESOLUTION_FAILURE");
    const { node } = gateway.plan(document, {
      operationName,
      overrideConditions: overrideConditions(labels, `${operationName ?? ""}\0${text}`),
    });
    if (node?.kind === "Subscription")
      throw federating.PLANNING_FAILED({ problem: "subscriptions are not planned" });
    const tree = node && toFetchTree(conversion, node);
    const written = new Map(
      Object.entries(aliases).map(([signature, name]) => [name, responseNameOf(signature)]),
    );
    const fields = unplannedFields(document, operation, tree).map((name) => written.get(name) ?? name);
    if (fields.length > 0) throw federating.PLAN_INCOMPLETE({ fields });
    return { kind: "planned", tree, aliases };
  };

  return {
    apiSdl: printSchema(apiSchema),
    subgraphs: facts.subgraphs,
    plan: (question) => {
      let document: DocumentNode;
      try {
        document = parse(question.text);
      } catch (error) {
        if (error instanceof GraphQLError) return invalid([error], "GRAPHQL_PARSE_FAILED");
        throw error;
      }
      refuseDefer(document);
      const errors = validate(apiSchema, document);
      if (errors.length > 0) return invalid(errors, "GRAPHQL_VALIDATION_FAILED");
      try {
        return planValid(document, question);
      } catch (failure) {
        throw failure instanceof Fault ? failure : asPlanningFault(failure as Error);
      }
    },
  };
}

function invalid(errors: readonly GraphQLError[], code: string): Planned {
  return {
    kind: "invalid",
    errors: errors.map((error): GraphQLFormattedError => {
      const { message, locations } = error.toJSON();
      return { message, ...(locations && { locations }), extensions: { code } };
    }),
  };
}

function noOperation(operationName: string | undefined): GraphQLError {
  return new GraphQLError(
    operationName === undefined
      ? "Must provide operation name if query contains multiple operations."
      : `Unknown operation named "${operationName}".`,
  );
}

function refuseDefer(document: DocumentNode): void {
  visit(document, {
    Directive: ({ name: { value } }) => {
      if (value === "defer" || value === "stream") throw federating.DEFER_NOT_YET({ directive: value });
    },
  });
}

function asPlanningFault(failure: Error): Fault {
  const problem = failure.message.replace(/\.$/, "");
  return /^(Exceeded maximum recursive selections|Number of non-local selections)/.test(problem)
    ? federating.PLAN_TOO_LARGE({ problem }, failure)
    : federating.PLANNING_FAILED({ problem }, failure);
}
