// Prepared operations: all that can be done before a request is known, done once for a supergraph.
import type { DocumentNode, GraphQLFormattedError, OperationDefinitionNode } from "graphql";
import { LRUCache } from "lru-cache";
import type { Config } from "../config.ts";
import type { AcrossRuntime } from "../execute/across/across-runtime.ts";
import { compile } from "../execute/compile.ts";
import type { Operator } from "../execute/operator.ts";
import { plannedSubgraphs } from "../execute/planned-subgraphs.ts";
import type { Supergraph } from "../federation/supergraph.ts";
import { mintOperation } from "../operation/operation.ts";
import { buildPlan } from "../plan/build.ts";
import { permit } from "../policy/permit.ts";
import type { Parted } from "../remember/parted.ts";
import type { Remembered } from "../remember/remember-supergraph.ts";
import { type PreparedUse, prepareUse } from "../use/prepared-use.ts";
import { operationsOf } from "./parse-questions.ts";

/** One operation of a document; `name` is what the caller says, and may be left out where the document holds just one. */
export type Question = {
  readonly text: string;
  readonly name: string | undefined;
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
};

export type Prepared = Question & { readonly run: Operator<Parted>; readonly used: PreparedUse };

export type Preparation =
  | { readonly kind: "prepared"; readonly prepared: Prepared }
  /** Not valid on the published schema. */
  | { readonly kind: "invalid"; readonly errors: readonly GraphQLFormattedError[] };

export type Operations = {
  /** Undefined where it was not prepared, or so long ago that others took its place. */
  readonly find: (text: string, name: string | undefined) => Prepared | undefined;
  /** Of several equal questions at once, one is prepared. @throws the faults of operation/, policy/ and federation/ */
  readonly prepare: (question: Question) => Promise<Preparation>;
  /** Those in use, latest first. */
  readonly known: () => readonly Question[];
};

export type OperationsDependencies = {
  readonly supergraph: Pick<Supergraph, "plan">;
  readonly runtime: AcrossRuntime;
  readonly remembered: Pick<Remembered, "answer">;
};

/** The way of a question up to the point where it can be run: Operation → PermittedOperation → Plan → operator. */
export function openOperations(
  { supergraph, runtime, remembered }: OperationsDependencies,
  options: Config["operation"],
): Operations {
  const prepared = new LRUCache<string, Prepared>({ max: options.preparedMax });
  const underway = new Map<string, Promise<Preparation>>();

  const prepare = async (question: Question): Promise<Preparation> => {
    const permitted = permit(mintOperation(question, options), options);
    const { text, definition } = question;
    const name = definition.name?.value;
    const planned = await supergraph.plan({ text, operationName: name });
    if (planned.kind === "invalid") return planned;
    const { schema, fields } = runtime;
    const fetches = planned.kind === "planned" ? planned : undefined;
    const plan = buildPlan(permitted, { schema, fields, fetches });
    const operation = { text, name, type: definition.operation, subgraphs: plannedSubgraphs(plan) };
    const run = remembered.answer(operation, compile(plan, runtime));
    const used = prepareUse(schema, definition, planned.use);
    return { kind: "prepared", prepared: { ...question, run, used } };
  };

  return {
    find: (text, name) => {
      const found = prepared.get(keyOf(text, name));
      if (found || name === undefined) return found;
      const only = prepared.get(keyOf(text, undefined));
      return only?.definition.name?.value === name ? only : undefined;
    },
    prepare: (question) => {
      const isOnly = operationsOf(question.document).length === 1;
      const key = keyOf(question.text, isOnly ? undefined : question.name);
      const known = prepared.get(key);
      if (known) return Promise.resolve({ kind: "prepared", prepared: known });
      const begun = underway.get(key);
      if (begun) return begun;
      const preparing = prepare(question)
        .then((preparation) => {
          if (preparation.kind === "prepared") prepared.set(key, preparation.prepared);
          return preparation;
        })
        .finally(() => underway.delete(key));
      underway.set(key, preparing);
      return preparing;
    },
    known: () => [...prepared.values()],
  };
}

function keyOf(text: string, name: string | undefined): string {
  return `${name ?? ""} ${text}`;
}
