// A gateway inside the test's process, on a free port, that composes in place, and plans in place unless told.
import { setTimeout as sleep } from "node:timers/promises";
import type { z } from "zod";
import { configSchema } from "../../../gateway/config.ts";
import { spoken } from "../../../gateway/federation/compose-thread.ts";
import { type GatewayEvent, startGateway } from "../../../gateway/main.ts";
import type { Rule } from "../../../gateway/plan/rule.ts";
import { compose } from "../../../schema/compose/compose.ts";
import { temporaryDirectory } from "../../setup/temporary-directory.ts";
import { planInPlace } from "./plan-in-place.ts";

export type GatewayError = {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string } & Readonly<Record<string, unknown>>;
};

export type GatewayAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the question selected
  readonly data: any;
  readonly errors: readonly GatewayError[] | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly extensions: any;
};

export type Question = {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
};

export type AskOptions = {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
};

export type TestGateway = AsyncDisposable & {
  readonly url: string;
  readonly adminUrl: string | undefined;
  readonly events: readonly GatewayEvent[];
  readonly ask: (question: string | Question, options?: AskOptions) => Promise<GatewayAnswer>;
  /** Resolves when `/readyz` says that every subgraph is live. */
  readonly live: () => Promise<void>;
};

/** What a mesh file may say, the subgraphs as addresses by name. */
export type TestGatewayOptions = Omit<z.input<typeof configSchema>, "subgraphs"> & {
  /** Left out = all. */
  readonly rules?: readonly Rule[];
  /** Of tests of what goes on while planning does. Left out = it plans in place, which is sooner there. */
  readonly plansInThread?: boolean;
  readonly subgraphs: Readonly<Record<string, string | { readonly url: string; readonly sdl: string }>>;
};

/** For tests of what is seen when subgraphs change. Others are looked at as seldom as in use, for a look costs time. */
export const followedClosely = { pollIntervalMs: 20 } as const;

export async function testGateway({
  subgraphs,
  rules,
  plansInThread = false,
  ...sections
}: TestGatewayOptions): Promise<TestGateway> {
  const state = await temporaryDirectory();
  const config = configSchema.parse({
    console: { enabled: false },
    cache: { enabled: false }, // tests of what is remembered say so
    admin: { enabled: false },
    ...sections,
    subgraphs: Object.entries(subgraphs).map(([name, place]) =>
      typeof place === "string" ? { name, url: place } : { name, ...place },
    ),
    server: { port: 0, ...sections.server },
    schema: { stateDirectory: state.path, ...sections.schema },
  });
  const events: GatewayEvent[] = [];
  const gateway = await startGateway(
    {
      observe: (event) => events.push(event),
      compose: async (parts) => spoken(compose(parts)),
      ...(!plansInThread && { openPlanner: planInPlace }),
      ...(rules && { rules }),
    },
    config,
    { kind: "mesh" },
  );
  let ended: Promise<void> | undefined;
  const end = async () => {
    await gateway[Symbol.asyncDispose]();
    await state[Symbol.asyncDispose]();
  };
  return {
    url: gateway.url,
    adminUrl: gateway.adminUrl,
    events,
    ask: (question, options) => askGateway(gateway.url, question, options),
    live: () => allLive(gateway.url),
    [Symbol.asyncDispose]: () => {
      ended ??= end();
      return ended;
    },
  };
}

/** One question to whatever answers GraphQL at `/graphql` of this origin. */
export async function askGateway(
  origin: string,
  question: string | Question,
  { headers = {}, signal }: AskOptions = {},
): Promise<GatewayAnswer> {
  const response = await fetch(`${origin}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(typeof question === "string" ? { query: question } : question),
    ...(signal && { signal }),
  });
  const text = await response.text();
  const { data, errors, extensions } = JSON.parse(text);
  return { status: response.status, headers: response.headers, text, data, errors, extensions };
}

async function allLive(origin: string): Promise<void> {
  for (let turn = 0; turn < 2_000; turn++) {
    const response = await fetch(`${origin}/readyz`);
    const { ready, subgraphs } = (await response.json()) as {
      ready: boolean;
      subgraphs: { status: string }[];
    };
    if (ready && subgraphs.every(({ status }) => status === "live")) return;
    await sleep(20);
  }
  throw new Error("The mesh did not become live.");
}
