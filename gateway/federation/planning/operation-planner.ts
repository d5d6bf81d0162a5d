// Plans operations on one supergraph: parsed, valid, planned, as a fetch tree. All of it work for the planning thread.
import { strict as assert } from "node:assert";
import {
  buildSchema,
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
import type { Mesh } from "../../../schema/product/mesh.ts";
import { publishSchema } from "../../../schema/publish/publish-schema.ts";
import type { FetchTree } from "../../plan/fetch-tree.ts";
import { responseNameOf } from "../../plan/field-signature.ts";
import { federating } from "../federation-faults.ts";
import type { Planned, Question } from "../planner.ts";
import { selectAlways } from "./always-selected.ts";
import { addedNames, renameAliases } from "./client-aliases.ts";
import { publishClientDirectives, writeDirectiveDefaults } from "./client-directives.ts";
import { computedFields, decidingVariables } from "./deciding-variables.ts";
import { type OperationUse, operationUse } from "./operation-use.ts";
import { overrideConditions, overrideLabels } from "./override-conditions.ts";
import { PlanningGateway } from "./planning-gateway.ts";
import { possibleTypes } from "./possible-types.ts";
import { withRequiredFields } from "./required-arguments.ts";
import { resolvableKeysFirst } from "./resolvable-keys-first.ts";
import { writeOutRootFragments } from "./root-fragments.ts";
import { type Cases, settleConditions } from "./settled-conditions.ts";
import { readSupergraph } from "./supergraph-facts.ts";
import { refuseUnenforced } from "./supergraph-features.ts";
import { type Conversion, toFetchTree } from "./to-fetch-tree.ts";
import { unplannedFields } from "./unplanned.ts";

export type OperationPlanner = {
  /** Of the schema that federation answers. */
  readonly apiSdl: string;
  /** Of the schema that callers see: `apiSdl` itself where the mesh adds nothing to it. */
  readonly publishedSdl: string;
  /** Address by name. */
  readonly subgraphs: ReadonlyMap<string, string>;
  /** @throws federating.DEFER_NOT_YET, PLAN_TOO_LARGE, PLAN_INCOMPLETE, PLANNING_FAILED */
  readonly plan: (question: Question) => Planned;
};

/** Of variables for whose values an operation is planned apart; as many cases as are kept compiled of an operation. */
const decidingMax = 5;

type Asked = Question & { readonly document: DocumentNode };

/** `missed`: response names of root fields that the tree does not fetch. */
type Case = { readonly tree: FetchTree | undefined; readonly missed: readonly string[] };

/** @throws federating.FEATURES_NOT_ENFORCED and whatever Apollo's loader throws */
export async function openOperationPlanner(sdl: string, mesh?: Mesh): Promise<OperationPlanner> {
  const given = parse(sdl, { noLocation: true });
  refuseUnenforced(given);
  const { supergraph, required } = withRequiredFields(resolvableKeysFirst(publishClientDirectives(given)));
  const facts = readSupergraph(supergraph);
  const conversion: Conversion = { facts, possible: possibleTypes(facts), required };
  const labels = overrideLabels(facts);
  const added = addedNames(supergraph);
  const computed = computedFields(facts);
  // A field whose place a made one has taken would be found external without use.
  const gateway = new PlanningGateway(print(supergraph), { validateSupergraph: required.size === 0 });
  const apiSchema = await gateway.announce();
  const apiSdl = printSchema(apiSchema);
  const publishedSdl = mesh ? publishSchema(apiSdl, mesh) : apiSdl;
  const publishedSchema =
    publishedSdl === apiSdl ? apiSchema : buildSchema(publishedSdl, { assumeValid: true, noLocation: true });
  /** Of a document that is valid on the published schema: does it ask what federation has no answer for? */
  const reachesAcross = (document: DocumentNode) =>
    publishedSchema !== apiSchema && validate(apiSchema, document, undefined, { maxErrors: 1 }).length > 0;

  /** The operation as it is in these cases, and in each case of the `open` variables. */
  const planCases = (asked: Asked, cases: Cases, [variable, ...open]: readonly string[]): Case => {
    if (variable === undefined) return planCase(asked, cases);
    const whenTrue = planCases(asked, { ...cases, [variable]: true }, open);
    const whenFalse = planCases(asked, { ...cases, [variable]: false }, open);
    const branches = {
      ...(whenTrue.tree && { whenTrue: whenTrue.tree }),
      ...(whenFalse.tree && { whenFalse: whenFalse.tree }),
    };
    const isEmpty = Object.keys(branches).length === 0;
    return {
      tree: isEmpty ? undefined : { kind: "condition", variable, ...branches },
      missed: [...whenTrue.missed, ...whenFalse.missed],
    };
  };
  const planCase = ({ document: whole, text, operationName }: Asked, cases: Cases): Case => {
    const document = writeOutRootFragments(selectAlways(settleConditions(whole, cases)));
    const operation = getOperationAST(document, operationName);
    assert(operation, "the operation was found before");
    const { node } = gateway.plan(document, {
      operationName,
      overrideConditions: overrideConditions(labels, `${operationName ?? ""}\0${text}`),
    });
    if (node?.kind === "Subscription")
      throw federating.PLANNING_FAILED({ problem: "subscriptions are not planned" });
    const tree = node && toFetchTree(conversion, node);
    return { tree, missed: unplannedFields(document, operation, tree) };
  };

  const planValid = (given: DocumentNode, { text, operationName }: Question, use: OperationUse): Planned => {
    const settled = settleConditions(writeDirectiveDefaults(given, apiSchema));
    const { document, aliases } = renameAliases(settled, added);
    const operation = getOperationAST(document, operationName);
    assert(operation, "the operation was found before");
    const deciding = decidingVariables(document, operation, computed);
    if (deciding.length > decidingMax)
      throw federating.PLAN_TOO_LARGE({
        problem: `more than ${decidingMax} variables decide about computed fields or repeated mutations: ${deciding.map((name) => `$${name}`).join(", ")}`,
      });
    const { tree, missed } = planCases({ document, text, operationName }, {}, deciding);
    const written = new Map(
      Object.entries(aliases).map(([signature, name]) => [name, responseNameOf(signature)]),
    );
    const fields = [...new Set(missed.map((name) => written.get(name) ?? name))];
    if (fields.length > 0) throw federating.PLAN_INCOMPLETE({ fields });
    return { kind: "planned", tree, aliases, use };
  };

  return {
    apiSdl,
    publishedSdl,
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
      const errors = validate(publishedSchema, document);
      if (errors.length > 0) return invalid(errors, "GRAPHQL_VALIDATION_FAILED");
      const operation = getOperationAST(document, question.operationName);
      if (!operation) return invalid([noOperation(question.operationName)], "OPERATION_RESOLUTION_FAILURE");
      const use = operationUse(publishedSchema, document, operation);
      if (reachesAcross(document)) return { kind: "across", use };
      try {
        return planValid(document, question, use);
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
