// How long work takes: in turns, so that all meet the same machine.
import { median } from "../report.ts";

export type Work = () => Promise<unknown>;

export type Patience = {
  /** Most turns. */
  readonly turns: number;
  /** No further turn is begun after so long; three are made always. */
  readonly forMs: number;
};

export async function timed(work: Work): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

/** The median of each, in milliseconds, once all were asked one turn before. */
export async function mediansInTurns<Name extends string>(
  work: Readonly<Record<Name, Work>>,
  { turns, forMs }: Patience,
): Promise<Readonly<Record<Name, number>>> {
  const names = Object.keys(work) as Name[];
  const tookMs = new Map(names.map((name) => [name, [] as number[]]));
  for (const name of names) await work[name]();
  const startedMs = performance.now();
  for (let turn = 0; turn < turns && (turn < 3 || performance.now() - startedMs < forMs); turn++)
    for (const name of names) tookMs.get(name)?.push(await timed(work[name]));
  return Object.fromEntries(Array.from(tookMs, ([name, each]) => [name, median(each)])) as never;
}
