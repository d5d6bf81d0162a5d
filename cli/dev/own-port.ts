// My port while it is developed: the process that serves, the one that is to take its place, and what the gateway made of it.
import { rename, writeFile } from "node:fs/promises";
import type { Finding } from "../../schema/check/finding.ts";
import type { DevEvent } from "./dev-event.ts";
import type { ForwardedPort } from "./forward-port.ts";
import type { Composed } from "./open-composer.ts";
import { openPortStarter, type PortProcess } from "./port-process.ts";

export type OwnPortDependencies = {
  readonly forwarded: ForwardedPort;
  /** Where the gateway reads my SDL. */
  readonly sdlFile: string;
  readonly observe: (event: DevEvent) => void;
};

export type OwnPort = AsyncDisposable & {
  /** Starts a first process, and offers its SDL to the gateway. */
  readonly begin: () => Promise<void>;
  /** The same with what is saved now. A later call gives up an earlier one. */
  readonly restart: () => Promise<void>;
  /** The gateway serves a supergraph with this SDL of mine, or refuses it. */
  readonly taken: (composed: Composed) => void;
  readonly refused: (composed: Composed, problems: readonly string[]) => void;
};

/** Undefined `savedMs` = nothing was saved yet. */
type Candidate = { readonly process: PortProcess; readonly savedMs: number | undefined };

/** The process that served goes on until the gateway has taken the SDL of the next one. */
export function openOwnPort(
  { forwarded, sdlFile, observe }: OwnPortDependencies,
  { run, folder }: { readonly run: string; readonly folder: string },
): OwnPort {
  const starter = openPortStarter({ run, folder, print: (line) => observe({ kind: "said", line }) });
  const ending = new AbortController();
  let starting = new AbortController();
  let serving: PortProcess | undefined;
  let servedSdl: string | undefined;
  let candidate: Candidate | undefined;
  let work: Promise<unknown> = Promise.resolve();

  const end = (process: PortProcess | undefined) => process?.[Symbol.asyncDispose]();

  const lead = (process: PortProcess) => {
    const before = serving;
    serving = process;
    forwarded.lead(process.port);
    void process.ended.then(() => {
      if (serving !== process || ending.signal.aborted) return;
      serving = undefined;
      forwarded.lead(undefined);
      observe({ kind: "ended" });
    });
    return end(before);
  };

  const settle = async ({ process, savedMs }: Candidate, findings: readonly Finding[] = []) => {
    await lead(process);
    if (savedMs !== undefined)
      observe({ kind: "serving", tookMs: Math.round(performance.now() - savedMs), findings });
  };

  const restart = async (savedMs: number | undefined) => {
    starting.abort();
    starting = new AbortController();
    const { signal } = starting;
    const given = AbortSignal.any([signal, ending.signal]);
    const started = await starter.start({ signal: given });
    if (given.aborted) return started.kind === "serving" ? end(started.process) : undefined;
    if (started.kind === "failed") return observe(started);
    const { process } = started;
    const before = candidate?.process;
    candidate = undefined;
    if (before) void follow(async () => end(before));
    await writeFile(`${sdlFile}.next`, process.sdl);
    await rename(`${sdlFile}.next`, sdlFile);
    // Where nothing serves, something had better: the gateway may still refuse its schema.
    if (!serving || process.sdl === servedSdl) return settle({ process, savedMs });
    candidate = { process, savedMs };
  };

  /** Between two saves the next process is made ready: at a save it would only be in the way. */
  const rest = () => {
    if (!candidate && !ending.signal.aborted) starter.prepare();
  };

  const follow = (step: () => Promise<unknown>) => {
    const failed = (cause: Error) => observe({ kind: "failed", problem: cause.message });
    work = Promise.all([work, step().catch(failed).then(rest)]);
    return work as Promise<void>;
  };

  return {
    begin: () => follow(() => restart(undefined)),
    restart: () => {
      const savedMs = performance.now();
      return follow(() => restart(savedMs));
    },
    taken: ({ sdl, findings }) => {
      servedSdl = sdl;
      const next = candidate;
      if (next === undefined || next.process.sdl !== sdl) return;
      candidate = undefined;
      void follow(() => settle(next, findings));
    },
    refused: ({ sdl, findings }, problems) => {
      const { process } = candidate ?? {};
      if (process && process.sdl === sdl) {
        candidate = undefined;
        void follow(async () => end(process));
      }
      observe({ kind: "refused", findings, problems });
    },
    [Symbol.asyncDispose]: async () => {
      ending.abort();
      await work;
      await Promise.all([end(serving), end(candidate?.process), starter[Symbol.asyncDispose]()]);
    },
  };
}
