// `describePort`: the checks as tests of a team's own runner, one for each check and collection.
import { strict as assert } from "node:assert";
import { workSignal } from "../../http/deadline.ts";
import {
  type CheckOptions,
  type CheckResult,
  checkSdl,
  chosen,
  reportText,
  runCheck,
  samplingOnce,
} from "./check-port.ts";
import { openPort, type Target } from "./open-port.ts";

/** What is needed of a runner: vitest's `test` and `afterAll` fit, and others' too. */
export type Runner = {
  readonly test: (name: string, run: () => Promise<void>, timeoutMs?: number) => void;
  readonly afterAll: (run: () => Promise<void>) => void;
};

/**
 * Opens the port, then registers the tests: `await` it at the top of a test file. A product is served until the last
 * test has run.
 */
export async function describePort(
  target: Target,
  { test, afterAll }: Runner,
  options: CheckOptions = {},
): Promise<void> {
  const ending = new AbortController();
  const budgetMs = options.budgetMs ?? 120_000;
  const stopping = options.signal ? AbortSignal.any([options.signal, ending.signal]) : ending.signal;
  const signal = workSignal(stopping, budgetMs);
  const port = await openPort(target, { signal });
  afterAll(async () => {
    ending.abort();
    await port[Symbol.asyncDispose]();
  });
  test("sdl: it composes by itself and declares a collection", async () => mustPass(checkSdl(port.declared)));
  if (port.declared.kind !== "read") return;
  const knownOf = samplingOnce(port, options.sampleRowsMax, signal);
  for (const subject of port.declared.subjects) {
    for (const check of chosen(options))
      test(
        `${subject.collection.name}, ${check.name}: ${check.says}`,
        async () => mustPass(await runCheck(check, port, subject, knownOf, signal)),
        budgetMs,
      );
  }
}

function mustPass(result: CheckResult): void {
  assert(result.passed, reportText({ checks: [result], passed: result.passed }));
}
