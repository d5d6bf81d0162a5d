// Measures gateways in rounds, one after the other in each: the same questions, every answer checked, rows changing meanwhile.
import { type Catalogue, groupsCount, openCatalogue, productsPerGroup } from "../federation/catalogue.ts";
import { buildWeft } from "../federation/contenders.ts";
import { type Figures, figuresOf } from "../federation/figures.ts";
import { type Mesh, openMesh } from "../federation/mesh.ts";
import { type Oracle, openOracle } from "../federation/oracle.ts";
import { pinHere } from "../federation/pinned-process.ts";
import { type Question, requestBody } from "../federation/questions.ts";
import { openZipf } from "./zipf.ts";

/** "zipf": popular groups more often. "hot": one. "never": each as another caller, so that nothing repeats. */
export type Sequence = "zipf" | "hot" | "never";

export type Asked = {
  readonly name: string;
  readonly pid: number;
  readonly url: string;
  readonly changed?: (upc: string) => Promise<void>;
};

export type RunOptions = {
  readonly question: Question;
  readonly sequence: Sequence;
  readonly forMs: number;
  /** A row of a popular product changes so often; left out = none does. */
  readonly changeEveryMs?: number;
};

export type Measuring = {
  readonly mesh: Mesh;
  readonly oracle: Oracle;
  readonly catalogue: Catalogue;
};

/** The gateway compiled, and the mesh that it is to ask; ended with what is returned. */
export async function openMeasuring(): Promise<Measuring & AsyncDisposable> {
  pinHere();
  buildWeft();
  const catalogue = openCatalogue();
  const mesh = await openMesh();
  return {
    mesh,
    oracle: openOracle(catalogue),
    catalogue,
    [Symbol.asyncDispose]: () => mesh[Symbol.asyncDispose](),
  };
}

const connections = 10;
let callers = 0;

export async function runOnce(
  { mesh, oracle, catalogue }: Measuring,
  asked: Asked,
  { question, sequence, forMs, changeEveryMs }: RunOptions,
): Promise<Figures> {
  const draw = openZipf(groupsCount, 3);
  await using _ = changing(catalogue, asked, changeEveryMs);
  const { figures } = await figuresOf(mesh, asked, {
    connections,
    forMs,
    requestsMin: 50,
    requestsMax: 200_000,
    request: (number) => {
      const group = sequence === "zipf" ? draw() : sequence === "hot" ? 0 : number % groupsCount;
      const body = requestBody(question, group);
      const expected = oracle(question, group);
      return sequence === "never"
        ? { body, expected, headers: { authorization: `caller ${callers++}` } }
        : { body, expected };
    },
  });
  return figures;
}

/** Tells the gateway, as a domain would, that a row changed; its values stay, so that answers can be checked. */
function changing({ products }: Catalogue, { changed }: Asked, everyMs: number | undefined): AsyncDisposable {
  const draw = openZipf(groupsCount, 5);
  const underway: Promise<void>[] = [];
  const change = () => {
    const product = products[draw() * productsPerGroup];
    if (product && changed) underway.push(changed(product.upc));
  };
  let timer: NodeJS.Timeout | undefined;
  const changeIn = (ms: number) => {
    timer = setTimeout(() => {
      change();
      changeIn(everyMs ?? 0);
    }, ms);
  };
  if (everyMs !== undefined && changed) changeIn(everyMs / 2);
  return {
    [Symbol.asyncDispose]: async () => {
      clearTimeout(timer);
      await Promise.all(underway);
    },
  };
}
