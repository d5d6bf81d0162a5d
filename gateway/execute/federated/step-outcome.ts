// What came of one request of a step, and how it becomes a part of the answer in the making.
import type { GraphQLError } from "graphql";
import type { Fault } from "../../../schema/product/fault.ts";
import type { SubgraphAnswer } from "../../fetch/open-subgraphs.ts";
import { executing } from "../executing-faults.ts";
import type { Running } from "../operator.ts";
import type { Runtime } from "../runtime.ts";
import type { Batch } from "./batches.ts";
import type { PartOperator } from "./compile-part.ts";
import { fetchFailure } from "./fetch-error.ts";
import type { Distinct, Gathered } from "./gather.ts";
import type { Json } from "./own.ts";
import type { RequestWriter } from "./request-text.ts";
import type { Part, Step } from "./schedule.ts";
import { tellErrors } from "./tell-errors.ts";

/** An answer in the making. `unknown` are objects whose entity its owner does not know. */
export type Making = {
  readonly data: Json;
  readonly errors: GraphQLError[];
  readonly unknown: Set<Json>;
  readonly distinct: Distinct;
};

export function newMaking(data: Json = {}, errors: readonly GraphQLError[] = []): Making {
  return { data, errors: [...errors], unknown: new Set(), distinct: new Map() };
}

/** How a step is asked: with the keys repeated, or, where a subgraph can't, without. */
export type Form = {
  readonly step: Step;
  readonly request: RequestWriter;
  readonly operators: readonly PartOperator[];
};

/** What came of one request, in the form in which it was sent. */
export type Outcome = { readonly form: Form; readonly answer?: SubgraphAnswer; readonly failure?: Fault };

/** What a step is asked by. */
export type StepAsking = {
  readonly form: () => Form;
  /** Never rejects for what a subgraph does. */
  readonly askBatch: (batch: Batch, running: Running) => Promise<Outcome>;
  readonly subgraph: string;
  readonly limits: Runtime["limits"];
};

/** Errors are told in the answer that is made, and what was answered is joined to it. */
export function takeOutcome(
  { subgraph }: Pick<StepAsking, "subgraph">,
  batch: Batch,
  { form, answer, failure }: Outcome,
  making: Making,
): void {
  const { step, request, operators } = form;
  if (failure)
    making.errors.push(...batch.map(({ part }) => fetchFailure(failure, step.parts[part] as Part)));
  if (!answer) return;
  if (answer.errors?.length) {
    const telling = { parts: step.parts, partNames: request.partNames, batch, data: making.data };
    making.errors.push(...tellErrors(answer.errors, telling));
  }
  for (const gathered of batch) {
    const answered = answeredOf(form, gathered, answer);
    const problem = (operators[gathered.part] as PartOperator).join(gathered, answered, making.unknown);
    if (problem === undefined || answer.errors?.length) continue;
    const fault = executing.ENTITIES_MISMATCHED({ subgraph, problem });
    making.errors.push(fetchFailure(fault, step.parts[gathered.part] as Part));
  }
}

/** What stands in an answer for a part: its list of entities, or the data of root fields. */
export function answeredOf({ request }: Form, { part }: Gathered, answer: SubgraphAnswer): unknown {
  const name = request.partNames[part];
  return name === undefined ? answer.data : answer.data?.[name];
}
