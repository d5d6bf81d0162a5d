// Asks federation for a template: arguments beneath it bound before, what is left of its lists done after.
import { GraphQLError } from "graphql";
import type { Template } from "../../plan/field-plan.ts";
import { stepsOf } from "../federated/compile-federated.ts";
import type { Making } from "../federated/step-outcome.ts";
import type { Answering, PreparedTemplate } from "./across-runtime.ts";
import { arrangeNested } from "./arrange-nested.ts";
import { bindNested } from "./bind-nested.ts";
import { followErrors } from "./follow-errors.ts";

/**
 * @param root values of the variables at the root field
 * @throws federating.*, executing.*, fetching.* of key sets and lookups; what a fetch of objects lacks is told in `making`
 */
export async function askTemplate(
  template: Template,
  root: Readonly<Record<string, unknown>>,
  answering: Answering,
): Promise<PreparedTemplate & { readonly making: Making }> {
  const { runtime, asks, running } = answering;
  const { nested } = template;
  const [prepared, bound] = await Promise.all([
    runtime.templates(template.operation),
    bindNested(nested, asks, running),
  ]);
  const { objects, aliases } = prepared;
  const begun = objects.begin(running);
  if (begun.errors) throw begun.errors[0] ?? new GraphQLError("The variables can't be read.");
  running.watch?.scheduled(template, stepsOf(begun.form));
  const variables = { ...running.variables, ...root, ...bound };
  const making = await objects.fetch(begun.form, { ...running, variables });
  const told = followErrors(making.errors, making.data);
  for (const { left } of nested) if (left) await arrangeNested(making.data, left, { aliases, asks, running });
  return { ...prepared, making: { ...making, errors: [...told(making.data)] } };
}
