// Runs an operation of plain federation: fetches by schedule, then the projection.
import { type FieldNode, type FragmentDefinitionNode, GraphQLError } from "graphql";
import { LRUCache } from "lru-cache";
import { collectFields, fragmentsOf } from "../../operation/collect-fields.ts";
import type { Federated } from "../../plan/plan.ts";
import { type Answer, nullData } from "../answer.ts";
import { coerceOnce } from "../coerce-once.ts";
import type { Operator, Running } from "../operator.ts";
import type { Runtime } from "../runtime.ts";
import { compileStep, type StepOperator } from "./compile-step.ts";
import { conditionNames, readConditions } from "./conditions.ts";
import { unexplained, unknownAt } from "./explained.ts";
import { compileIntrospection } from "./introspect.ts";
import { withoutKnownTypes } from "./known-types.ts";
import { compileProjection } from "./projection.ts";
import { type Conditions, type Step, schedule } from "./schedule.ts";
import { type SharedPlaces, sharedPlaces } from "./shared-places.ts";
import { type Making, newMaking } from "./step-outcome.ts";
import { compileUndoAliases } from "./undo-aliases.ts";

/** Most combinations of `@skip` and `@include` that one operation is kept compiled for. */
const formsMax = 32;

export function compileFederated(plan: Federated, runtime: Runtime): Operator<Answer> {
  const objects = compileObjects(plan, runtime);
  return async (running) => {
    const begun = objects.begin(running);
    if (begun.errors) return { errors: begun.errors };
    running.watch?.scheduled(plan, stepsOf(begun.form));
    if (running.watch?.planOnly) return { data: nullData };
    const making = await objects.fetch(begun.form, running);
    return objects.project(begun.form, making, running);
  };
}

/** An operation in its parts, for whoever has something to do between them. */
export type Objects = {
  /** Checks the variables. */
  readonly begin: (
    running: Running,
  ) => { readonly form: Form; readonly errors?: never } | { readonly errors: readonly GraphQLError[] };
  readonly fetch: (form: Form, running: Running) => Promise<Making>;
  readonly project: (form: Form, making: Making, running: Running) => Answer;
};

/** Everything that does not depend on the request is done here, and once for each combination of conditions. */
export function compileObjects(plan: Federated, runtime: Runtime): Objects {
  const { document, definition } = plan.operation;
  const fragments = fragmentsOf(document);
  const typed = plan.tree && withoutKnownTypes(runtime.schema, plan.tree);
  const names = conditionNames(document, plan.tree);
  const forms = new LRUCache<string, Form>({ max: formsMax });
  const formOf = (conditions: Conditions): Form => {
    const key = names.map((name) => (conditions[name] ? "1" : "0")).join("");
    const known = forms.get(key);
    if (known) return known;
    const made = compileForm(plan, runtime, fragments, conditions, typed);
    forms.set(key, made);
    return made;
  };
  const undoAliases = compileUndoAliases(plan.aliases);

  return {
    begin: (running) => {
      const { coerced, errors } = coerceOnce(running, definition, runtime);
      if (errors) return { errors };
      return { form: formOf(readConditions(names, coerced)) };
    },
    fetch: async ({ steps }, running) => {
      const making = newMaking();
      const done: Promise<void>[] = [];
      for (const { after, run } of steps) {
        const before = after.map((i) => done[i] as Promise<void>);
        done.push(
          before.length === 0 ? run(running, making) : Promise.all(before).then(() => run(running, making)),
        );
      }
      await Promise.all(done);
      return making;
    },
    project: ({ project, introspect }, making, running) => {
      const projected = project(runtime.out, making.data, introspect?.(running.variables) ?? {});
      const fetched = undoAliases(making.errors, projected.data);
      const all = [...fetched, ...unexplained(projected, fetched, unknownAt(making, plan.aliases))];
      const { text, data } = projected;
      return all.length > 0 ? { errors: all, data } : { text, data };
    },
  };
}

/** In what requests the form's data is fetched. */
export function stepsOf({ steps }: Form): readonly Step[] {
  return steps.map(({ step }) => step);
}

type Form = {
  readonly steps: readonly {
    readonly step: Step;
    readonly after: readonly number[];
    readonly run: StepOperator;
  }[];
  readonly project: ReturnType<typeof compileProjection>;
  readonly introspect: ReturnType<typeof compileIntrospection>;
};

function compileForm(
  { operation: { definition }, aliases }: Federated,
  runtime: Runtime,
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
  conditions: Conditions,
  typed: ReturnType<typeof withoutKnownTypes> | undefined,
): Form {
  const { schema } = runtime;
  const root = schema.getRootType(definition.operation);
  if (!root) throw new GraphQLError(`The schema has no ${definition.operation}.`);
  const selecting = { schema, fragments, conditions };
  const fields = [...collectFields(selecting, root, [definition.selectionSet]).values()].flat();
  const typeAt = typed?.typeAt ?? (() => undefined);
  const steps = schedule(typed?.tree, conditions);
  const shared = sharedPlaces(steps, typeAt);
  return {
    steps: steps.map((step, i) => ({
      step,
      after: step.after,
      run: compileStep(runtime, step, { typeAt, shared: shared[i] ?? new Set() }),
    })),
    project: compileProjection(selecting, root, definition.selectionSet, aliases, placesOf(shared)),
    introspect: compileIntrospection(schema, definition, fragments, fields.filter(isIntrospection)),
  };
}

/** Of all steps, without lists. */
function placesOf(shared: SharedPlaces): ReadonlySet<string> {
  return new Set(shared.flatMap((keys) => [...keys].map((key) => key.replaceAll(".@", ""))));
}

function isIntrospection({ name: { value } }: FieldNode): boolean {
  return value === "__schema" || value === "__type";
}
