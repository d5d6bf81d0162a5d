// A mesh whose answers are counted on their way.
import type { Mesh } from "../../across/support/trade-mesh.ts";
import { httpServer } from "../../gateway/support/http-server.ts";

export type Counted = { readonly requests: number; readonly bytes: number };

export type CountedMesh = Mesh & {
  /** What was asked and answered since the last call; the gateway's own looks at the SDL are none of it. */
  readonly take: () => Counted;
};

/** Disposing leaves the mesh. */
export async function countedMesh({ subgraphs }: Pick<Mesh, "subgraphs">): Promise<CountedMesh> {
  let counted = { requests: 0, bytes: 0 };
  const before = await Promise.all(
    Object.entries(subgraphs).map(async ([name, url]) => {
      const server = await httpServer(async (response, { body }) => {
        const answer = await fetch(url, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body,
        });
        const text = Buffer.from(await answer.arrayBuffer());
        if (!body.includes("_service"))
          counted = { requests: counted.requests + 1, bytes: counted.bytes + text.length };
        response.writeHead(answer.status, { "content-type": "application/json" }).end(text);
      });
      return { name, server };
    }),
  );
  return {
    subgraphs: Object.fromEntries(before.map(({ name, server }) => [name, server.url])),
    take: () => {
      const taken = counted;
      counted = { requests: 0, bytes: 0 };
      return taken;
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(before.map(({ server }) => server[Symbol.asyncDispose]()));
    },
  };
}
