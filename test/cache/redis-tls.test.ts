// Redis over TLS with a user of our own: by itself, behind a Sentinel and as a Cluster; and what is told where it lets nobody in.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { CacheEvent } from "../../cache/cache-event.ts";
import {
  connectRedis,
  connectToWait,
  type RedisPlace,
  type RedisTls,
} from "../../cache/store/redis-connection.ts";
import { closedAfter } from "../setup/closed-after.ts";
import type { Certificates } from "./support/certificates.ts";
import {
  password,
  sentinelPassword,
  sentinelUser,
  startTlsRedis,
  startTlsServers,
  type TlsServers,
  user,
} from "./support/start-tls-redis.ts";

const script = { whenFull: true, text: "return KEYS[1]" };
const secrets = [password, sentinelPassword, "wr0ng-secret"];

type Credentials = { readonly username?: string; readonly password?: string; readonly tls?: RedisTls };

let certificates: Certificates;
let servers: TlsServers;
const keep = closedAfter(afterEach);
const keepToTheEnd = closedAfter(afterAll);

beforeAll(async () => {
  ({ certificates, servers } = await startTlsServers(keepToTheEnd));
});

const tlsWith = async (file: string, more: RedisTls = {}): Promise<RedisTls> => ({
  ca: await certificates.text(file),
  ...more,
});

const kinds = ["single", "sentinel", "cluster"] as const;
type Kind = (typeof kinds)[number];

function placeOf(
  kind: Kind,
  credentials: Credentials,
  sentinels: Partial<Record<"sentinelUsername" | "sentinelPassword", string>> = {},
): RedisPlace {
  const { host, port } = servers[kind];
  switch (kind) {
    case "single": {
      const { username = "", password = "", tls } = credentials;
      return { kind, url: `rediss://${username}:${password}@${host}:${port}`, tls };
    }
    case "sentinel":
      return {
        kind,
        name: "mesh",
        sentinels: [{ host, port }],
        sentinelUsername: sentinelUser,
        sentinelPassword,
        ...credentials,
        ...sentinels,
      };
    case "cluster":
      return { kind, nodes: [{ host, port }], ...credentials };
  }
}

/** Everything that an error or an event shows, however deep. */
function shown(what: unknown): string {
  const seen = new Set<unknown>();
  const walk = (value: unknown): string => {
    if (typeof value !== "object" || value === null) return String(value);
    if (seen.has(value)) return "";
    seen.add(value);
    return Object.getOwnPropertyNames(value)
      .map((name) => `${name}=${walk((value as Record<string, unknown>)[name])}`)
      .join("\n");
  };
  return walk(what);
}

async function tryFor(place: RedisPlace, ms = 3_000) {
  const observed: CacheEvent[] = [];
  const connection = keep(
    connectRedis(place, { commandTimeoutMs: 500, observe: (event) => observed.push(event) }),
  );
  const startedMs = performance.now();
  for (;;)
    try {
      const reply = await connection.run(script, ["{a}:asked"], []);
      return { reply: String(reply), observed, failure: undefined };
    } catch (failure) {
      const isTold = "code" in (failure as object) || /NOPERM/.test(String(failure));
      if (performance.now() - startedMs > ms || (isTold && observed.length > 0))
        return { reply: undefined, observed, failure: failure as Error };
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
}

describe.each(kinds)("Redis over TLS (%s)", (kind) => {
  it("runs scripts for a user with a password, and its certificate is checked", async () => {
    const tls = await tlsWith(certificates.ca);
    const { reply, observed } = await tryFor(placeOf(kind, { username: user, password, tls }));
    expect(reply).toBe("{a}:asked");
    expect(observed).toEqual([]);
  });

  it("takes a name that the certificates must have", async () => {
    const rightly = await tlsWith(certificates.ca, { servername: "redis.test" });
    const { reply } = await tryFor(placeOf(kind, { username: user, password, tls: rightly }));
    expect(reply).toBe("{a}:asked");
    const wrongly = await tlsWith(certificates.ca, { servername: "another.test" });
    const { observed } = await tryFor(placeOf(kind, { username: user, password, tls: wrongly }));
    expect(shown(observed)).toContain("Hostname/IP does not match certificate's altnames");
  });

  it.each([
    ["another CA", { username: user, password }, true, /certificate|self-signed|unable to verify/],
    ["a wrong password", { username: user, password: "wr0ng-secret" }, false, /WRONGPASS/],
    ["a user that is not there", { username: "nobody", password }, false, /WRONGPASS/],
    ["no password at all", {}, false, /NOAUTH/],
  ] as const)("says what is wrong with %s, and never a secret", async (_, credentials, isForeign, problem) => {
    const tls = await tlsWith(isForeign ? certificates.otherCa : certificates.ca);
    const { reply, observed, failure } = await tryFor(placeOf(kind, { ...credentials, tls }));
    expect(reply).toBeUndefined();
    expect(failure?.message).toMatch(problem);
    expect(observed).toContainEqual(
      expect.objectContaining({
        kind: "cache.store-unconnected",
        fault: expect.objectContaining({
          code: "CACHE_UNCONNECTED",
          message: expect.stringMatching(problem),
        }),
      }),
    );
    for (const secret of secrets) expect(shown([observed, failure])).not.toContain(secret);
  });

  it("says a reason once, however often it is tried", async () => {
    const tls = await tlsWith(certificates.ca);
    const observed: CacheEvent[] = [];
    const place = placeOf(kind, { username: user, password: "wr0ng-secret", tls });
    keep(connectRedis(place, { commandTimeoutMs: 500, observe: (event) => observed.push(event) }));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(observed).toHaveLength(1);
  });

  it("reads a stream too, and says why it cannot without a secret", async () => {
    const tls = await tlsWith(certificates.ca);
    const commands = keep(
      connectToWait(placeOf(kind, { username: user, password, tls }), { commandTimeoutMs: 3_000 }),
    );
    expect(await commands.call("xlen", "{a}:events")).toBe(0);
    const place = placeOf(kind, { username: user, password: "wr0ng-secret", tls });
    const refused = keep(connectToWait(place, { commandTimeoutMs: 1_000 }));
    const failure = await refused.call("xlen", "{a}:events").catch((cause: unknown) => cause);
    expect((failure as Error).message).toMatch(/WRONGPASS/);
    for (const secret of secrets) expect(shown(failure)).not.toContain(secret);
  });
});

it("shows a certificate to servers that ask for one", async () => {
  const { client, ca } = certificates;
  const { host, port } = keep(await startTlsRedis(certificates, { clientCertificates: true }));
  const place = async (tls: RedisTls): Promise<RedisPlace> => ({
    kind: "single",
    url: `redis://${user}:${password}@${host}:${port}`,
    tls: await tlsWith(ca, tls),
  });
  const pair = { cert: await certificates.text(client.cert), key: await certificates.text(client.key) };
  expect((await tryFor(await place(pair))).reply).toBe("{a}:asked");
  expect((await tryFor(await place({}))).failure).toMatchObject({ code: "CACHE_UNCONNECTED" });
});

it.each([
  ["a wrong password of the Sentinels", { sentinelPassword: "wr0ng-secret" }, /WRONGPASS/],
  ["a user that the Sentinels have not", { sentinelUsername: "nobody" }, /WRONGPASS/],
])("says what is wrong with %s", async (_, sentinels, problem) => {
  const tls = await tlsWith(certificates.ca);
  const { observed, failure } = await tryFor(
    placeOf("sentinel", { username: user, password, tls }, sentinels),
  );
  expect(failure?.message).toMatch(problem);
  expect(shown(observed)).toMatch(/sentinel 127\.0\.0\.1:\d+/);
  for (const secret of secrets) expect(shown([observed, failure])).not.toContain(secret);
});

it("says that a user may not run scripts", async () => {
  await servers.single.ask(
    "ACL",
    "SETUSER",
    "reader",
    "on",
    `>${password}`,
    "~*",
    "+@all",
    "-evalsha",
    "-eval",
  );
  const tls = await tlsWith(certificates.ca);
  const { observed, failure } = await tryFor(placeOf("single", { username: "reader", password, tls }));
  expect(failure?.message).toMatch(/NOPERM/);
  expect(observed).toHaveLength(1);
});
