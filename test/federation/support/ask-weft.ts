// The gateway under test: subgraphs on loopback, their supergraph in a file, the gateway in this process.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import { configSchema } from "../../../gateway/config.ts";
import { startGateway } from "../../../gateway/main.ts";
import { answerJson, deadUrl, type HttpServer, httpServer } from "../../gateway/support/http-server.ts";
import { planInPlace } from "../../gateway/support/plan-in-place.ts";
import { askGateway, type GatewayAnswer, type Question } from "../../gateway/support/test-gateway.ts";
import { temporaryDirectory } from "../../setup/temporary-directory.ts";
import { type AskedSubgraph, answering, type MeshDefinition, supergraphOf } from "./mesh.ts";

export type Weft = AsyncDisposable & {
  readonly url: string;
  readonly ask: (question: Question) => Promise<GatewayAnswer>;
  /** What each subgraph was asked so far, in order. */
  readonly asked: (subgraph: string) => readonly AskedSubgraph[];
};

type Sections = Omit<z.input<typeof configSchema>, "subgraphs" | "server" | "console">;

/** Mutations are answered here; all else is as by default. */
export async function openWeft(mesh: MeshDefinition, sections: Sections = {}): Promise<Weft> {
  const state = await temporaryDirectory();
  const servers = new Map<string, HttpServer>();
  const urls: Record<string, string> = {};
  for (const [name, subgraph] of Object.entries(mesh)) {
    if (subgraph.down) {
      urls[name] = await deadUrl();
      continue;
    }
    const answer = answering(subgraph);
    const server = await httpServer(async (response, { body }) =>
      answerJson(
        response,
        await answer(JSON.parse(body)).catch((cause) => ({ errors: [{ message: String(cause) }] })),
      ),
    );
    servers.set(name, server);
    urls[name] = server.url;
  }
  const file = join(state.path, "supergraph.graphql");
  await writeFile(file, supergraphOf(mesh, urls));
  const config = configSchema.parse({
    operation: { mutations: true },
    cache: { enabled: false },
    admin: { enabled: false },
    ...sections,
    server: { port: 0, drainMs: 100 },
    console: { enabled: false },
    subgraphs: [{ name: "unused", url: "http://127.0.0.1:9/graphql" }],
  });
  const gateway = await startGateway({ observe: () => {}, openPlanner: planInPlace }, config, {
    kind: "supergraph",
    file,
  });
  return {
    url: gateway.url,
    ask: (question) => askGateway(gateway.url, question),
    asked: (subgraph) => (servers.get(subgraph)?.received ?? []).map(({ body }) => JSON.parse(body)),
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]();
      await Promise.all([...servers.values()].map((server) => server[Symbol.asyncDispose]()));
      await state[Symbol.asyncDispose]();
    },
  };
}
