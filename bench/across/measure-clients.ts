// Clients that join by themselves, beside the gateway that joins for them.
import { median } from "../report.ts";
import { assertSame } from "./ask.ts";
import { aviationClients, runClient, tradeClients } from "./clients.ts";
import type { OneDuckDB } from "./one-duckdb.ts";
import type { AcrossQuestion } from "./questions.ts";
import type { Gateway } from "./start-gateway.ts";
import { timed } from "./timing.ts";

export type ClientMeasured = {
  readonly question: AcrossQuestion;
  readonly tookMs: number;
  /** To and from the client. */
  readonly bytes: number;
  readonly rows: number;
};

/** @throws Error where a client's answer is another than the statement's */
export async function measureClients(
  one: OneDuckDB,
  gateway: Gateway,
  mesh: "aviation" | "trade",
  turns: number,
): Promise<readonly ClientMeasured[]> {
  const measurements: ClientMeasured[] = [];
  for (const client of mesh === "aviation" ? aviationClients : tradeClients) {
    const { question } = client;
    const { rows, bytes, brought } = await runClient(client, gateway.url);
    assertSame(`a client's ${question.name}`, rows, await one.ask(question.sql));
    const tookMs: number[] = [];
    for (let turn = 0; turn < turns; turn++) tookMs.push(await timed(() => runClient(client, gateway.url)));
    measurements.push({ question, tookMs: median(tookMs), bytes, rows: brought });
  }
  return measurements;
}
