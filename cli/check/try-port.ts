// The test kit, tried against a product that runs.
import { diffPorts } from "../../schema/check/diff.ts";
import type { Finding } from "../../schema/check/finding.ts";
import { readPort } from "../../schema/check/port.ts";
import { attempts } from "../../schema/compose/attempts.ts";
import type { CheckResult } from "../../sdk/weft-testkit.ts";

export type TriedPort =
  | { readonly kind: "tried"; readonly url: string; readonly checks: number; readonly failed: number }
  | { readonly kind: "skipped"; readonly why: string };

export type PortTrial = { readonly port: TriedPort; readonly findings: readonly Finding[] };

type Question = {
  readonly name: string;
  readonly url: string;
  /** What the product says it offers. */
  readonly sdl: string;
  /** Did somebody ask for it? Then no answer is a finding. */
  readonly demanded: boolean;
  readonly budgetMs: number;
  /** Names of the checks to make; left out = all. */
  readonly only?: readonly string[];
  readonly signal: AbortSignal;
};

const answerMs = 2_000;

/** What is declared and not kept is an error each; a port that is not demanded and gives no answer is skipped. */
export async function tryPort(question: Question): Promise<PortTrial> {
  const { name, url, sdl, demanded, budgetMs, only, signal } = question;
  const running = await askSdl(url, signal);
  if ("problem" in running) {
    const why = `nothing answers at ${url}: ${running.problem}`;
    if (!demanded) return { port: { kind: "skipped", why }, findings: [] };
    const text = `The port does not answer at ${url}: ${running.problem}.`;
    return {
      port: { kind: "skipped", why },
      findings: [
        {
          code: "PORT_SILENT",
          severity: "error",
          subgraph: name,
          text,
          fix: "Start it, or correct `--port`.",
        },
      ],
    };
  }
  const { checkPort } = await import("../../sdk/weft-testkit.ts");
  const { checks } = await checkPort({ url }, { signal, budgetMs, ...(only && { only }) });
  const failed = checks.filter(({ passed }) => !passed);
  return {
    port: { kind: "tried", url, checks: checks.length, failed: failed.length },
    findings: [
      ...(isSame(running.sdl, sdl) ? [] : [otherSdl(name, url)]),
      ...failed.map((result) => ofResult(name, result)),
    ],
  };
}

async function askSdl(
  url: string,
  signal: AbortSignal,
): Promise<{ readonly sdl: string } | { readonly problem: string }> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ query: "{ _service { sdl } }" }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerMs)]),
    });
    const answer = (await response.json()) as { data?: { _service?: { sdl?: unknown } } };
    const sdl = answer.data?._service?.sdl;
    return typeof sdl === "string" ? { sdl } : { problem: "it answers no `{ _service { sdl } }`" };
  } catch (failure) {
    signal.throwIfAborted();
    const { message, cause } = failure as Error;
    return { problem: cause instanceof Error && cause.message ? cause.message : message };
  }
}

/** Do both offer the same? One that cannot be read is told of elsewhere. */
function isSame(running: string, written: string): boolean {
  const { attempt } = attempts();
  const [before, after] = [running, written].map((sdl) => attempt(() => readPort("port", sdl)));
  return !before || !after || diffPorts({ before, after }).length === 0;
}

function otherSdl(subgraph: string, url: string): Finding {
  return {
    code: "PORT_DIFFERS",
    severity: "warning",
    subgraph,
    text: `The port at ${url} has another SDL than the product here.`,
    fix: "Start the product anew; what was tried is what runs.",
  };
}

function ofResult(subgraph: string, { name, collection, detail = "", question }: CheckResult): Finding {
  return {
    code: "PORT_CHECK",
    severity: "error",
    subgraph,
    ...(collection !== "*" && { coordinate: `Query.${collection}` }),
    text: `The port does not do what it declares (${name}): ${detail.replaceAll(/\s+/g, " ").trim()}`,
    fix: question
      ? `Correct the port, or declare less. Ask again: ${question.replaceAll(/\s+/g, " ").trim()}`
      : "Correct the port, or declare less.",
  };
}
