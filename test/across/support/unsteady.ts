// Subgraphs whose answers come in another order than they were asked for: each waits a while of its own.
import { setTimeout as sleep } from "node:timers/promises";
import { httpServer } from "../../gateway/support/http-server.ts";
import type { Mesh } from "./trade-mesh.ts";

/** The same mesh behind servers that hold each answer back for up to so many milliseconds. Disposing leaves the mesh. */
export async function unsteady(
  { subgraphs }: Pick<Mesh, "subgraphs">,
  { waitMsMax = 12 } = {},
): Promise<Mesh> {
  const before = await Promise.all(
    Object.entries(subgraphs).map(async ([name, url], i) => {
      let turn = i;
      const server = await httpServer(async (response, { body }) => {
        turn = (turn * 1_103_515_245 + 12_345) % 2 ** 31;
        await sleep(turn % waitMsMax);
        const answer = await fetch(url, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body,
        });
        response.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
      });
      return { name, server };
    }),
  );
  return {
    subgraphs: Object.fromEntries(before.map(({ name, server }) => [name, server.url])),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(before.map(({ server }) => server[Symbol.asyncDispose]()));
    },
  };
}
