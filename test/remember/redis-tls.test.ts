// A gateway whose Redis speaks TLS: it remembers there; and where it isn't let in it answers without, says why, and no secret.
import { Writable } from "node:stream";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logEvent } from "../../cli/log-event.ts";
import type { Certificates } from "../cache/support/certificates.ts";
import {
  password,
  sentinelPassword,
  sentinelUser,
  startTlsServers,
  type TlsServers,
  user,
} from "../cache/support/start-tls-redis.ts";
import type { TestGatewayOptions } from "../gateway/support/test-gateway.ts";
import { closedAfter } from "../setup/closed-after.ts";
import { type Mart, openMart } from "./support/mart.ts";
import { type Remembering, remembering } from "./support/remembering.ts";

type RedisSection = NonNullable<NonNullable<TestGatewayOptions["cache"]>["redis"]>;

const query = "query Goods($page: Int!) { goods(page: $page) { id label } }";
const wrong = "wr0ng-secret";

let certificates: Certificates;
let servers: TlsServers;
const keep = closedAfter(afterAll);

beforeAll(async () => {
  ({ certificates, servers } = await startTlsServers(keep));
});

const kinds = ["single", "sentinel", "cluster"] as const;

function sectionOf(
  kind: (typeof kinds)[number],
  { ca = certificates.ca, secret = password, username = user } = {},
): RedisSection {
  const { host, port } = servers[kind];
  const tls = { ca };
  const entered = { username, password: secret, tls };
  switch (kind) {
    case "single":
      return { url: `redis://${username}:${secret}@${host}:${port}`, tls };
    case "sentinel":
      return {
        sentinels: [{ host, port }],
        name: "mesh",
        sentinelUsername: sentinelUser,
        sentinelPassword,
        ...entered,
      };
    case "cluster":
      return { nodes: [{ host, port }], ...entered };
  }
}

const opens = (mart: Mart, redis: RedisSection, stream = "{weft}:events") =>
  remembering(mart, { cache: { redis, commandTimeoutMs: 500 }, events: { stream } });

/** Whether a question that was asked before is answered without the subgraph. */
async function remembers(gateway: Remembering, mart: Mart, page: number): Promise<boolean> {
  const asked = () => gateway.ask({ query, variables: { page } });
  await asked();
  await gateway.settled();
  mart.take("goods");
  const { errors } = await asked();
  expect(errors).toBeUndefined();
  return mart.take("goods").length === 0;
}

/** All that the gateway would have logged, at every level. */
function logOf({ events }: Remembering): string {
  let text = "";
  const lines = new Writable({
    write: (chunk, _, done) => {
      text += chunk;
      done();
    },
  });
  const log = pino({ level: "trace" }, lines);
  for (const event of events) logEvent(log, event);
  return text;
}

describe.each(kinds)("a gateway whose Redis speaks TLS (%s)", (kind) => {
  it("remembers there, and reads its stream", async () => {
    await using mart = await openMart();
    await using gateway = await opens(mart, sectionOf(kind), `${kind}:events`);
    await expect.poll(() => remembers(gateway, mart, 1), { timeout: 10_000 }).toBe(true);
    await expect
      .poll(() => gateway.events.map((event) => event.kind), { timeout: 10_000 })
      .toContain("stream.begun");
  });
});

describe("a gateway whose Redis lets it not in", () => {
  it.each([
    ["a CA that vouches for nobody", "single", () => ({ ca: certificates.otherCa }), /certificate/],
    ["a wrong password", "sentinel", () => ({ secret: wrong }), /WRONGPASS/],
    ["a user that is not there", "cluster", () => ({ username: "nobody" }), /WRONGPASS/],
  ] as const)("answers without it where it has %s (%s), and says so without a secret", async (_, kind, given, problem) => {
    await using mart = await openMart();
    await using gateway = await opens(mart, sectionOf(kind, given()));
    expect(await remembers(gateway, mart, 2)).toBe(false);
    await expect
      .poll(() => logOf(gateway), { timeout: 10_000 })
      .toMatch(/the stream of change events can't be read/);
    const log = logOf(gateway);
    const warnings = log
      .split("\n")
      .filter((line) => line.includes("CACHE_UNCONNECTED") && line.includes('"level":40'));
    expect(warnings.join("\n")).toMatch(problem);
    for (const secret of [password, sentinelPassword, wrong]) expect(log).not.toContain(secret);
  });
});
