// One step of a schedule: gathers what to ask, asks, and joins what comes back.
import type { GraphQLError } from "graphql";
import { Fault } from "../../../schema/product/fault.ts";
import type { SubgraphAnswer } from "../../fetch/open-subgraphs.ts";
import type { Noted } from "../../plan/explain.ts";
import { executing } from "../executing-faults.ts";
import type { Running } from "../operator.ts";
import type { Runtime } from "../runtime.ts";
import { type Batch, batches } from "./batches.ts";
import { compilePart, type Known, type PartOperator } from "./compile-part.ts";
import { fetchFailure } from "./fetch-error.ts";
import type { Distinct } from "./gather.ts";
import type { Json } from "./own.ts";
import { compileRequest } from "./request-text.ts";
import type { Part, Step } from "./schedule.ts";
import { tellErrors } from "./tell-errors.ts";
import { isAboutEchoes, withoutEchoes } from "./without-echoes.ts";

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

export type StepOperator = (running: Running, making: Making) => Promise<void>;

/** Never rejects for what a subgraph does: that is told in the errors of the answer. */
export function compileStep(runtime: Runtime, planned: Step, known?: Known): StepOperator {
  const { ask, subgraphs, limits } = runtime;
  const subgraph = { name: planned.subgraph, url: subgraphs.get(planned.subgraph) ?? "" };
  let form = compileForm(runtime, planned, known);

  const askBatch = async (batch: Batch, running: Running, making: Making): Promise<void> => {
    const { step, request, operators } = form;
    const body = request.write(batch, running.variables);
    let answer: SubgraphAnswer;
    try {
      answer = await (running.watch?.asking(planned, ask) ?? ask)(
        subgraph,
        { kind: step.operation, body },
        running.asking,
      );
    } catch (failure) {
      if (!(failure instanceof Fault)) throw failure;
      making.errors.push(...batch.map(({ part }) => fetchFailure(failure, step.parts[part] as Part)));
      return;
    }
    if (answer.errors?.length) {
      if (isAboutEchoes(answer.errors, step)) {
        form = compileForm(runtime, withoutEchoes(step), known);
        return askBatch(batch, running, making);
      }
      const telling = { parts: step.parts, partNames: request.partNames, batch, data: making.data };
      making.errors.push(...tellErrors(answer.errors, telling));
    }
    for (const gathered of batch) {
      const name = request.partNames[gathered.part];
      const answered = name === undefined ? answer.data : answer.data?.[name];
      const problem = (operators[gathered.part] as PartOperator).join(gathered, answered, making.unknown);
      if (problem === undefined || answer.errors?.length) continue;
      const fault = executing.ENTITIES_MISMATCHED({ subgraph: subgraph.name, problem });
      making.errors.push(fetchFailure(fault, step.parts[gathered.part] as Part));
    }
  };

  return async (running, making) => {
    const gathered = form.operators.flatMap((operator) => operator.gather(making.data, making.distinct));
    if (gathered.length === 0) return;
    const all = batches(gathered, limits.representationsMax);
    running.watch?.note(planned, entitiesOf(gathered));
    await Promise.all(all.map((batch) => askBatch(batch, running, making)));
  };
}

/** Root fields have none. */
function entitiesOf(gathered: Batch): Noted {
  const entities = gathered.reduce((count, { sent }) => count + sent.length, 0);
  return entities > 0 ? { entities } : {};
}

function compileForm(runtime: Runtime, step: Step, known: Known | undefined) {
  return {
    step,
    request: compileRequest(step),
    operators: step.parts.map((part, i) => compilePart(runtime, part, i, known)),
  };
}
