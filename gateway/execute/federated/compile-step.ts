// One step of a schedule: gathers what to ask, asks, and joins what comes back.
import { Fault } from "../../../schema/product/fault.ts";
import type { Noted } from "../../plan/explain.ts";
import type { Running } from "../operator.ts";
import type { Runtime } from "../runtime.ts";
import { type Batch, batches } from "./batches.ts";
import { compilePart, type Known } from "./compile-part.ts";
import { askRest, recallEach, tellingEvidence } from "./recall-step.ts";
import { compileRequest } from "./request-text.ts";
import type { Step } from "./schedule.ts";
import { type Making, type Outcome, type StepAsking, takeOutcome } from "./step-outcome.ts";
import { isAboutEchoes, withoutEchoes } from "./without-echoes.ts";

export type StepOperator = (running: Running, making: Making) => Promise<void>;

/** Never rejects for what a subgraph does: that is told in the errors of the answer. */
export function compileStep(runtime: Runtime, planned: Step, known?: Known): StepOperator {
  const { ask, recall, subgraphs, limits } = runtime;
  const subgraph = { name: planned.subgraph, url: subgraphs.get(planned.subgraph) ?? "" };
  const isOfRoot = planned.parts.some(({ fetch }) => !fetch.entities);
  const askHere = isOfRoot ? ask : (recall?.ask ?? ask);
  let form = compileForm(runtime, planned, known);

  const askBatch = async (batch: Batch, running: Running): Promise<Outcome> => {
    const asked = form;
    const body = asked.request.write(batch, running.variables);
    try {
      const answer = await (running.watch?.asking(planned, askHere) ?? askHere)(
        subgraph,
        { kind: asked.step.operation, body },
        running.asking,
      );
      if (!answer.errors || !isAboutEchoes(answer.errors, asked.step)) return { form: asked, answer };
    } catch (failure) {
      if (!(failure instanceof Fault)) throw failure;
      return { form: asked, failure };
    }
    form = compileForm(runtime, withoutEchoes(asked.step), known);
    return askBatch(batch, running);
  };

  const asking: StepAsking = { form: () => form, askBatch, subgraph: planned.subgraph, limits };
  return async (running, making) => {
    const gathered = form.operators.flatMap((operator) => operator.gather(making.data, making.distinct));
    if (gathered.length === 0) return;
    running.watch?.note(planned, entitiesOf(gathered));
    const recalls = isOfRoot ? undefined : recall;
    const recalling = recalls && (await recallEach(recalls, asking, gathered, running));
    if (recalling) return askRest(asking, recalling, { planned, running, making });
    const telling = recalls ? tellingEvidence(recalls, form.step, gathered, running) : running;
    const all = batches(gathered, limits.representationsMax);
    await Promise.all(
      all.map(async (batch) => takeOutcome(asking, batch, await askBatch(batch, telling), making)),
    );
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
