// Each question: through the gateway, and its statement in one DuckDB; what travels, and that the answers are equal.
import { ask, assertSame, rowsOf } from "./ask.ts";
import type { Counted, Travelled } from "./counting-proxy.ts";
import type { OneDuckDB } from "./one-duckdb.ts";
import type { AcrossQuestion } from "./questions.ts";
import type { Gateway } from "./start-gateway.ts";
import { mediansInTurns, type Patience } from "./timing.ts";

export type Measured = {
  readonly question: AcrossQuestion;
  readonly gatewayMs: number;
  readonly duckdbMs: number;
  readonly travelled: Travelled;
};

/** A mesh with all that is asked beside it. */
export type Bed = {
  readonly one: OneDuckDB;
  /** As it is shipped, straight on the subgraphs. */
  readonly gateway: Gateway;
  /** Stands before the subgraphs of `counting`. */
  readonly counted: Counted;
  readonly counting: Gateway;
};

/** @throws Error where an answer is not that of the statement */
export async function measureQuestions(
  { one, gateway, counted, counting }: Bed,
  questions: readonly AcrossQuestion[],
  patience: Patience,
): Promise<readonly Measured[]> {
  const measurements: Measured[] = [];
  for (const question of questions) {
    const { name, sql } = question;
    const expected = await one.ask(sql);
    for (const { url } of [gateway, counting]) {
      const { data } = await ask(url, question);
      assertSame(name, rowsOf(data), expected);
    }
    counted.take();
    await ask(counting.url, question);
    const travelled = counted.take();
    const tookMs = await mediansInTurns(
      { duckdb: () => one.ask(sql), gateway: () => ask(gateway.url, question) },
      patience,
    );
    measurements.push({ question, gatewayMs: tookMs.gateway, duckdbMs: tookMs.duckdb, travelled });
  }
  return measurements;
}
