// A product served for its checks: how many statements each question takes, and whether they end.
import { setTimeout as wait } from "node:timers/promises";
import type { Product } from "../product.ts";
import { startPort } from "../serve/start-port.ts";
import type { Engine } from "../sql/engine.ts";
import { type Ask, asking, type Question } from "./ask.ts";

/** One call of the engine. */
export type Run = { readonly at: string; outcome: "running" | "answered" | "failed" };

export type WatchedPort = AsyncDisposable & {
  readonly url: string;
  /** Where each statement stood that ran while the question was answered, in alphabetical order. */
  readonly statements: (ask: () => Promise<unknown>) => Promise<readonly string[]>;
  readonly running: () => readonly Run[];
  /** Resolves when the runs have ended, at the latest after `withinMs`. */
  readonly settled: (runs: readonly Run[], withinMs: number) => Promise<void>;
  /** Asks a second server on the same engine, which gives statements no more than `statementTimeoutMs`. */
  readonly askImpatiently: (
    question: Question,
    statementTimeoutMs: number,
    options: { readonly signal: AbortSignal },
  ) => ReturnType<Ask>;
};

export async function watchPort(product: Product): Promise<WatchedPort> {
  const running = new Set<Run>();
  const engine = await product.openEngine(product);
  const watched: Engine = {
    dialect: engine.dialect,
    run: async (statement, options) => {
      const run: Run = { at: statement.at, outcome: "running" };
      running.add(run);
      try {
        const rows = await engine.run(statement, options);
        run.outcome = "answered";
        return rows;
      } catch (failure) {
        run.outcome = "failed";
        throw failure;
      } finally {
        running.delete(run);
      }
    },
    [Symbol.asyncDispose]: async () => {}, // two servers share it; the kit ends it
  };
  const served: Product = { ...product, openEngine: async () => watched };
  let ran: string[] = [];
  const listening = await startPort(served, {
    statementTimeoutMs: 60_000,
    observe: (event) => {
      if (event.kind === "statement.ran") ran.push(event.at);
    },
  });
  return {
    url: `${listening.url}/graphql`,
    statements: async (ask) => {
      ran = [];
      await ask();
      return ran.toSorted();
    },
    running: () => [...running],
    settled: async (runs, withinMs) => {
      const untilMs = performance.now() + withinMs;
      while (runs.some(({ outcome }) => outcome === "running") && performance.now() < untilMs) await wait(5);
    },
    askImpatiently: async (question, statementTimeoutMs, options) => {
      await using impatient = await startPort(served, { statementTimeoutMs });
      return await asking({ url: `${impatient.url}/graphql` })(question, options);
    },
    [Symbol.asyncDispose]: async () => {
      await listening[Symbol.asyncDispose]();
      await engine[Symbol.asyncDispose]();
    },
  };
}
