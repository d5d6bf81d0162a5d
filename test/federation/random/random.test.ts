// Random questions of random meshes: the gateway, the stock executor and one merged schema answer each of them alike.
import fc from "fast-check";
import { execute, type GraphQLSchema, parse, validate } from "graphql";
import { expect, it } from "vitest";
import type { Question } from "../../gateway/support/test-gateway.ts";
import { openStock, type Stock } from "../support/ask-stock.ts";
import { openWeft, type Weft } from "../support/ask-weft.ts";
import { type Row, supergraphOf } from "../support/mesh.ts";
import { type RandomMesh, randomMesh } from "./random-mesh.ts";
import { randomModel } from "./random-model.ts";
import { randomOperation } from "./random-operation.ts";
import { endlessTape, numbers, readTape, simplest } from "./tape.ts";

/** A mesh costs a second, mostly for its planning thread; a question some milliseconds. */
const questionsEach = 10;
/** Questions in all; `npm run test:long` asks many more. */
const questions = process.env.WEFT_TEST_LONG === undefined ? 200 : 5_000;
const limitMs = 60_000 + 600 * questions;
const options = { timeout: limitMs + 30_000 };
const sampling = {
  seed: 20260103,
  numRuns: questions / questionsEach,
  interruptAfterTimeLimit: limitMs,
  markInterruptAsFailure: true,
  // A mesh costs too much to be shrunk: its question is, on the mesh as it stands.
  endOnFailure: true,
};

it("a random question of a random mesh has one answer", options, async () => {
  const { failed, errorInstance, numRuns } = await fc.check(
    fc.asyncProperty(
      numbers(20, 150),
      fc.nat(),
      fc.array(numbers(20, 120), { minLength: questionsEach, maxLength: questionsEach }),
      async (model, seed, operations) => {
        const random = randomMesh(endlessTape(seed), randomModel(readTape(model)));
        fc.pre(composes(random));
        await using stock = await openStock(random.mesh);
        await using weft = await openWeft(random.mesh);
        const judge = judgeOf(random, stock, weft);
        for (const tape of operations) {
          if ((await judge(tape)) === undefined) continue;
          const simple = await simplest(tape, async (simpler) => (await judge(simpler)) !== undefined);
          expect.fail(await judge(simple));
        }
      },
    ),
    sampling,
  );
  if (failed) throw errorInstance ?? new Error(`The time was up after ${numRuns} meshes.`);
});

/** A report where the three do not agree. */
function judgeOf(random: RandomMesh, stock: Stock, weft: Weft) {
  return async (tape: readonly number[]): Promise<string | undefined> => {
    const question = randomOperation(readTape(tape), stock.apiSchema);
    const oracle = await askOracle(random, stock.apiSchema, question);
    const { data, errors } = await weft.ask(question);
    const ours = said(data, Boolean(errors?.length));
    const theirs = await stock.ask(question).then(
      ({ data, failed }) => said(data, failed),
      (cause: Error) => `stock fails: ${cause.message}`,
    );
    // The stock executor forgets the order of fields that fragments repeat.
    if (ours === oracle && sorted(theirs) === sorted(oracle)) return undefined;
    return report(random, question, { oracle, ours, theirs, errors: JSON.stringify(errors) });
  };
}

function composes({ mesh }: RandomMesh): boolean {
  try {
    return supergraphOf(mesh) !== "";
  } catch {
    return false;
  }
}

/** The lines of an answer, in no order. */
const sorted = (answer: string): string => answer.replaceAll(/,$/gm, "").split("\n").sort().join("\n");

const said = (data: unknown, failed: boolean): string =>
  `${JSON.stringify(data ?? null, null, 1)} ${failed ? "with" : "without"} errors`;

async function askOracle({ answer }: RandomMesh, schema: GraphQLSchema, { query, variables = {} }: Question) {
  const document = parse(query);
  const mistakes = validate(schema, document);
  if (mistakes.length > 0) throw new Error(`${query}\nis not valid: ${mistakes[0]?.message}`);
  const { data, errors } = await execute({
    schema,
    document,
    variableValues: variables,
    rootValue: {},
    fieldResolver: (holder: Row, args: Row, _, { parentType, fieldName }) =>
      answer(parentType.name, holder, fieldName, args),
    typeResolver: (value) => (value as Row).__typename,
  });
  return said(data, Boolean(errors?.length));
}

function report(
  { mesh }: RandomMesh,
  { query, variables }: Question,
  answers: Readonly<Record<string, unknown>>,
): string {
  const sdls = Object.entries(mesh).map(([name, { sdl }]) => `# subgraph ${name}\n${sdl}`);
  const said = Object.entries(answers).map(([who, answer]) => `# ${who}\n${answer}`);
  return [...sdls, `# question ${JSON.stringify(variables)}\n${query}`, ...said].join("\n\n");
}
