// The composing thread of `weft dev`: it stays between two saves, so that its libraries are loaded once.
// Its other end is `open-composer.ts`.
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { type ComposedElsewhere, spoken } from "../../gateway/federation/compose-thread.ts";
import { compositionFindings } from "../../schema/check/composition/composition-findings.ts";
import type { Finding } from "../../schema/check/finding.ts";
import { readPort } from "../../schema/check/port.ts";
import { sdlSources } from "../../schema/check/sdl-source.ts";
import { trapFindings } from "../../schema/check/traps.ts";
import { attempts } from "../../schema/compose/attempts.ts";
import { type ComposedSubgraph, compose } from "../../schema/compose/compose.ts";

/** The subgraph whose problems are told. */
export type ComposingData = { readonly composingFor: string };

export type ComposedOnce = {
  readonly composed: ComposedElsewhere;
  /** Why it was refused, and what federation does silently; of the rest of the mesh only what concerns mine. */
  readonly findings: readonly Finding[];
};

function composeOnce(mine: string, subgraphs: readonly ComposedSubgraph[]): ComposedOnce {
  const composition = compose(subgraphs);
  const findings = [
    ...compositionFindings(composition, { subgraphs, mine }),
    ...silentTraps(mine, subgraphs),
  ];
  return { composed: spoken(composition), findings };
}

function silentTraps(mine: string, subgraphs: readonly ComposedSubgraph[]): readonly Finding[] {
  const { attempt } = attempts();
  const ports = subgraphs.flatMap(({ name, sdl }) => attempt(() => readPort(name, sdl)) ?? []);
  const own = ports.find(({ subgraph }) => subgraph === mine);
  const others = ports.filter(({ subgraph }) => subgraph !== mine);
  return own ? trapFindings({ mine: own, others, sources: sdlSources(subgraphs) }) : [];
}

if (!isMainThread && workerData?.composingFor !== undefined) {
  const { composingFor } = workerData as ComposingData;
  parentPort?.on("message", (subgraphs: readonly ComposedSubgraph[]) => {
    parentPort?.postMessage(composeOnce(composingFor, subgraphs));
  });
}
