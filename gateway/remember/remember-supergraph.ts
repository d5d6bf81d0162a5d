// What is remembered while one supergraph is in service: what asks its subgraphs, and its whole answers.
import { OperationTypeNode } from "graphql";
import type { Mesh } from "../../schema/product/mesh.ts";
import type { Answer } from "../execute/answer.ts";
import type { Operator } from "../execute/operator.ts";
import type { Recall } from "../execute/recall.ts";
import type { JoinCache } from "./join-cache.ts";
import type { Parted } from "./parted.ts";
import { partedRun, plainRun } from "./parted-run.ts";
import { recallEntities } from "./recall-entities.ts";
import { type RememberedOperation, rememberAnswer } from "./remember-answer.ts";
import { type Ask, rememberedAsk, tellingAsk } from "./remembered-ask.ts";
import { type SubgraphProducts, subgraphProducts } from "./subgraph-products.ts";

export type Remembered = {
  /** Asks for root fields, key sets, rows and groups. */
  readonly ask: Ask;
  readonly recall?: Recall;
  readonly answer: (operation: RememberedOperation, run: Operator<Answer>) => Operator<Parted>;
  readonly products: ReadonlyMap<string, SubgraphProducts>;
};

export type OfSupergraph = {
  readonly id: string;
  readonly mesh: Mesh;
  /** Addresses by name. */
  readonly subgraphs: ReadonlyMap<string, string>;
};

/** @param cache - undefined = nothing is remembered; answers tell their parts where that is demanded */
export function rememberSupergraph(
  { cache, ask }: { readonly cache: JoinCache | undefined; readonly ask: Ask },
  { id: schemaVersion, mesh, subgraphs }: OfSupergraph,
): Remembered {
  const products = subgraphProducts(mesh);
  const isAnyRemembered = [...products.values()].some(({ sloMs }) => sloMs !== undefined);
  if (!cache || !isAnyRemembered)
    return { ask: tellingAsk({ ask }), answer: (_, run) => plainRun(run), products };
  const remembering = { cache, ask, products, schemaVersion };
  const asks = rememberedAsk(remembering);
  const answering = { ...remembering, ask: asks, subgraphs };
  return {
    ask: asks,
    recall: { ask: tellingAsk(remembering), ...recallEntities(remembering, mesh) },
    answer: (operation, run) =>
      operation.type === OperationTypeNode.QUERY ? rememberAnswer(answering, operation, run) : partedRun(run),
    products,
  };
}
