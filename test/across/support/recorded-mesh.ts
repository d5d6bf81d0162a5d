// A mesh whose requests are written down on their way.
import { httpServer } from "../../gateway/support/http-server.ts";
import type { Mesh } from "./trade-mesh.ts";

/** A request of the gateway's, and how long the answer was. */
export type Recorded = { readonly subgraph: string; readonly body: string; readonly bytes: number };

export type RecordedMesh = Mesh & {
  /** What was asked since the last call; the gateway's own looks at the SDL are none of it. */
  readonly take: () => readonly Recorded[];
};

/** Disposing leaves the mesh. */
export async function recordedMesh({ subgraphs }: Pick<Mesh, "subgraphs">): Promise<RecordedMesh> {
  let recorded: Recorded[] = [];
  const before = await Promise.all(
    Object.entries(subgraphs).map(async ([subgraph, url]) => {
      const server = await httpServer(async (response, { body }) => {
        const headers = { "content-type": "application/json" };
        const answer = await fetch(url, { method: "POST", headers, body });
        const answered = Buffer.from(await answer.arrayBuffer());
        if (!body.includes("_service")) recorded.push({ subgraph, body, bytes: answered.length });
        response.writeHead(answer.status, headers).end(answered);
      });
      return { subgraph, server };
    }),
  );
  return {
    subgraphs: Object.fromEntries(before.map(({ subgraph, server }) => [subgraph, server.url])),
    take: () => {
      const taken = recorded;
      recorded = [];
      return taken;
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(before.map(({ server }) => server[Symbol.asyncDispose]()));
    },
  };
}
