// A gateway as far as change events go: takes batches over HTTP, checks shape and signature, and answers as it is told.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { type ChangeEvent, changeEventSchema } from "weft/schema";
import { z } from "zod";
import { until } from "./until.ts";

export type Receiver = AsyncDisposable & {
  readonly url: string;
  /** Every event of every delivery that was acknowledged, in the order of arrival. */
  readonly taken: readonly ChangeEvent[];
  /** What came, acknowledged or not: the `webhook-id` of each delivery. */
  readonly deliveries: readonly (string | undefined)[];
  /** What it answers from now on; 204 at first. "hang up" ends the connection without an answer. */
  readonly answer: (status: number | "hang up", headers?: Readonly<Record<string, string>>) => void;
  /** Resolves when so many events were taken. */
  readonly took: (events: number) => Promise<readonly ChangeEvent[]>;
};

const batchSchema = z.array(changeEventSchema).min(1);

export async function gatewayReceiver({
  secret,
  bodyBytesMax = Number.POSITIVE_INFINITY,
}: {
  readonly secret?: string;
  readonly bodyBytesMax?: number;
} = {}): Promise<Receiver> {
  const taken: ChangeEvent[] = [];
  const deliveries: (string | undefined)[] = [];
  let answer: { status: number | "hang up"; headers: Readonly<Record<string, string>> } = {
    status: 204,
    headers: {},
  };
  const server = createServer(async (request, response) => {
    const { status, headers } = answer;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    deliveries.push(request.headers["webhook-id"] as string | undefined);
    if (status === "hang up") return request.socket.destroy();
    if (body.length > bodyBytesMax) return response.writeHead(413).end("{}");
    if (status !== 204) return response.writeHead(status, headers).end("{}");
    try {
      if (request.url !== "/events") throw new Error(`it was sent to ${request.url}`);
      if (!request.headers["content-type"]?.startsWith("application/cloudevents-batch+json"))
        throw new Error(`it is ${request.headers["content-type"]}`);
      if (secret) new Webhook(secret).verify(body, request.headers as Record<string, string>);
      taken.push(...batchSchema.parse(JSON.parse(body)));
      response.writeHead(204).end();
    } catch {
      response.writeHead(400).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    taken,
    deliveries,
    answer: (status, headers = {}) => {
      answer = { status, headers };
    },
    took: async (events) => {
      await until(() => taken.length >= events, `${events} events`);
      return taken;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
