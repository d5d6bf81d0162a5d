// Random questions of random meshes: the gateway, the stock executor and one merged schema answer each of them alike.
import fc from "fast-check";
import {
  type DocumentNode,
  execute,
  type GraphQLSchema,
  parse,
  print,
  separateOperations,
  validate,
  visit,
} from "graphql";
import { expect, it } from "vitest";
import { writeOutRootFragments } from "../../../gateway/federation/planning/root-fragments.ts";
import { settleConditions } from "../../../gateway/federation/planning/settled-conditions.ts";
import type { Question } from "../../gateway/support/test-gateway.ts";
import { openStock, type Stock } from "../support/ask-stock.ts";
import { openWeft, type Weft } from "../support/ask-weft.ts";
import { type Row, supergraphOf } from "../support/mesh.ts";
import { type RandomMesh, randomMesh } from "./random-mesh.ts";
import { randomModel } from "./random-model.ts";
import { randomOperation } from "./random-operation.ts";
import { endlessTape, numbers, readTape, simplest } from "./tape.ts";

/** A mesh has to be composed, planned for and served; a question costs some milliseconds. */
const questionsEach = 10;
/** Questions in all; `npm run test:long` asks many more. */
const questions = process.env.WEFT_TEST_LONG === undefined ? 200 : 5_000;
const meshes = questions / questionsEach;
const options = { timeout: 90_000 + 600 * questions };
/** Meshes at once: while the subgraphs of one answer, others are asked. */
const meshesAtOnce = 6;

/** Answers count here, not how long a busy machine takes for them. */
const patience = {
  operation: { mutations: true, planTimeoutMs: 20_000 },
  fetch: { connectTimeoutMs: 20_000, headersTimeoutMs: 20_000, answerTimeoutMs: 20_000 },
};

const mesh = fc.tuple(
  numbers(20, 150),
  fc.nat(),
  fc.array(numbers(20, 120), { minLength: questionsEach, maxLength: questionsEach }),
);

it("a random question of a random mesh has one answer", options, async () => {
  // Some do not compose.
  const tapes = fc.sample(mesh, { seed: 20260103, numRuns: 2 * meshes });
  let composed = 0;
  const judgeOthers = async (): Promise<void> => {
    for (let next = tapes.shift(); next && composed < meshes; next = tapes.shift()) {
      const [model, seed, operations] = next;
      const shape = randomModel(readTape(model));
      const random = randomMesh(endlessTape(seed), shape);
      if (!composes(random)) continue;
      composed++;
      // The stock executor loses what fragments on an interface object's real types select.
      await judgeAll(random, operations, { asksStock: shape.thing === undefined });
    }
  };
  const all = Array.from({ length: meshesAtOnce }, judgeOthers);
  await Promise.all(all).finally(() => {
    tapes.length = 0;
  });
  expect(composed).toBe(meshes);
});

/** @throws a report of the first question that the three do not agree on, made simpler on the mesh as it stands. */
async function judgeAll(
  random: RandomMesh,
  operations: readonly (readonly number[])[],
  asking: { readonly asksStock: boolean },
): Promise<void> {
  await using stock = await openStock(random.mesh);
  await using weft = await openWeft(random.mesh, patience);
  const judge = judgeOf(random, stock, weft, asking);
  for (const tape of operations) {
    const found = await judge(tape);
    if (found === undefined) continue;
    const simple = await simplest(tape, async (simpler) => (await judge(simpler)) !== undefined);
    expect.fail((await judge(simple)) ?? `Only once:\n${found}`);
  }
}

/** A report where the three do not agree. */
function judgeOf(
  random: RandomMesh,
  stock: Stock,
  weft: Weft,
  { asksStock }: { readonly asksStock: boolean },
) {
  return async (tape: readonly number[]): Promise<string | undefined> => {
    const question = randomOperation(readTape(tape), stock.apiSchema);
    const oracle = await askOracle(random, stock.apiSchema, question);
    const ours = await askWeft(random, weft, question);
    if (ours !== oracle) return report(random, question, { oracle, ours });
    if (!asksStock) return undefined;

    const plain = settled(question);
    const wanted = await askOracle(random, stock.apiSchema, plain);
    random.restart();
    const theirs = await stock.ask(plain).then(
      ({ data, failed }) => said(data, failed),
      (cause: Error) => `stock fails: ${cause.message}`,
    );
    // The stock executor forgets the order of fields that fragments repeat.
    return sorted(theirs) === sorted(wanted) ? undefined : report(random, plain, { wanted, theirs });
  };
}

async function askWeft({ restart }: RandomMesh, weft: Weft, question: Question): Promise<string> {
  restart();
  const { data, errors } = await weft.ask(question);
  return said(data, Boolean(errors?.length));
}

/**
 * The question by the values of its conditions, a mutation without fragments, a key under its own name alone: about these
 * the stock planner and executor are wrong.
 */
function settled({ query, variables = {} }: Question): Question {
  const settled = settleConditions(parse(query), variables as Readonly<Record<string, boolean>>);
  const document = visit(writeOutRootFragments(settled), {
    Field: ({ alias, ...field }) => (alias && field.name.value === "id" ? field : undefined),
  });
  const [whole] = Object.values(separateOperations(document)) as [DocumentNode];
  const used = new Set<string>();
  visit(whole, { VariableDefinition: () => false, Variable: ({ name }) => void used.add(name.value) });
  const pruned = visit(whole, {
    VariableDefinition: ({ variable }) => (used.has(variable.name.value) ? false : null),
  });
  return { query: print(pruned), variables };
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

async function askOracle(
  { answer, restart }: RandomMesh,
  schema: GraphQLSchema,
  { query, variables = {} }: Question,
) {
  const document = parse(query);
  const mistakes = validate(schema, document);
  if (mistakes.length > 0) throw new Error(`${query}\nis not valid: ${mistakes[0]?.message}`);
  restart();
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
