// Runs an operation of plain federation: fetches by schedule, then the projection.
import { type FieldNode, type FragmentDefinitionNode, GraphQLError, Kind } from "graphql";
import { LRUCache } from "lru-cache";
import { coerceVariables } from "../../operation/coerce-variables.ts";
import type { Federated } from "../../plan/plan.ts";
import type { Answer } from "../answer.ts";
import type { Operator } from "../operator.ts";
import type { Runtime } from "../runtime.ts";
import { collectFields } from "./collect-fields.ts";
import { compileStep, type Making, type StepOperator } from "./compile-step.ts";
import { conditionNames, readConditions } from "./conditions.ts";
import { unexplained, unknownAt } from "./explained.ts";
import { compileIntrospection } from "./introspect.ts";
import { compileProjection } from "./projection.ts";
import { type Conditions, schedule } from "./schedule.ts";
import { compileUndoAliases } from "./undo-aliases.ts";

/** Most combinations of `@skip` and `@include` that one operation is kept compiled for. */
const formsMax = 32;

/** Everything that does not depend on the request is done here, and once for each combination of conditions. */
export function compileFederated(plan: Federated, runtime: Runtime): Operator<Answer> {
  const { document, definition } = plan.operation;
  const fragments: Readonly<Record<string, FragmentDefinitionNode>> = Object.fromEntries(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [],
    ),
  );
  const names = conditionNames(document, plan.tree);
  const forms = new LRUCache<string, Form>({ max: formsMax });
  const formOf = (conditions: Conditions): Form => {
    const key = names.map((name) => (conditions[name] ? "1" : "0")).join("");
    const known = forms.get(key);
    if (known) return known;
    const made = compileForm(plan, runtime, fragments, conditions);
    forms.set(key, made);
    return made;
  };
  const undoAliases = compileUndoAliases(plan.aliases);

  return async (running) => {
    const { coerced, errors } = coerceVariables(
      runtime.schema,
      definition,
      running.variables,
      runtime.limits,
    );
    if (errors) return { errors: errors.map(asBadInput) };
    const { steps, project, introspect } = formOf(readConditions(names, coerced));
    const making: Making = { data: {}, errors: [], unknown: new Set() };
    const done: Promise<void>[] = [];
    for (const { after, run } of steps) {
      const before = after.map((i) => done[i] as Promise<void>);
      done.push(
        before.length === 0 ? run(running, making) : Promise.all(before).then(() => run(running, making)),
      );
    }
    await Promise.all(done);
    const projected = project(runtime.out, making.data, introspect?.(running.variables) ?? {});
    const fetched = undoAliases(making.errors, projected.data);
    const all = [...fetched, ...unexplained(projected, fetched, unknownAt(making, plan.aliases))];
    return all.length > 0 ? { errors: all, data: projected.data } : { data: projected.data };
  };
}

type Form = {
  readonly steps: readonly { readonly after: readonly number[]; readonly run: StepOperator }[];
  readonly project: ReturnType<typeof compileProjection>;
  readonly introspect: ReturnType<typeof compileIntrospection>;
};

function compileForm(
  { operation: { definition }, tree, aliases }: Federated,
  runtime: Runtime,
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
  conditions: Conditions,
): Form {
  const { schema } = runtime;
  const root = schema.getRootType(definition.operation);
  if (!root) throw new GraphQLError(`The schema has no ${definition.operation}.`);
  const selecting = { schema, fragments, conditions };
  const fields = [...collectFields(selecting, root, [definition.selectionSet]).values()].flat();
  return {
    steps: schedule(tree, conditions).map((step) => ({ after: step.after, run: compileStep(runtime, step) })),
    project: compileProjection(selecting, root, definition.selectionSet, aliases),
    introspect: compileIntrospection(schema, definition, fragments, fields.filter(isIntrospection)),
  };
}

function isIntrospection({ name: { value } }: FieldNode): boolean {
  return value === "__schema" || value === "__type";
}

function asBadInput({ message, nodes, originalError }: GraphQLError): GraphQLError {
  const extensions = { code: "BAD_USER_INPUT", http: { status: 400 } };
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    originalError: originalError ?? null,
    extensions,
  });
}
