// Where Redis is, as mesh.yaml says it: passwords from the environment, files beside it, and what is wrong with them.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { parseConfig, readConfig } from "../../gateway/read-config.ts";
import { redisPlace } from "../../gateway/remember/redis-place.ts";
import type { Fault } from "../../schema/product/fault.ts";
import { makeCertificates } from "../cache/support/certificates.ts";
import { temporaryDirectory } from "../setup/temporary-directory.ts";
import { testGateway } from "./support/test-gateway.ts";

const meshOf = (redis: object) =>
  `subgraphs: [{ name: a, url: "http://127.0.0.1:4001/graphql" }]\ncache:\n  redis: ${JSON.stringify(redis)}\n`;

async function read(redis: object) {
  await using directory = await temporaryDirectory();
  const file = join(directory.path, "mesh.yaml");
  await writeFile(file, meshOf(redis));
  const { cache } = await readConfig(file);
  return JSON.parse(JSON.stringify(cache.redis).replaceAll(directory.path, ""));
}

afterEach(() => vi.unstubAllEnvs());

const sentinels = { sentinels: [{ host: "s", port: 1 }], name: "mesh" };
const nodes = { nodes: [{ host: "n", port: 1 }] };

describe("passwords that the file leaves out", () => {
  it.each([
    [{ url: "redis://weft@r:1/2" }, { url: "redis://weft:p%40%25s@r:1/2" }],
    [{ url: "rediss://r" }, { url: "rediss://:p%40%25s@r" }],
    [{ url: "redis://weft:own@r" }, { url: "redis://weft:own@r" }],
    [nodes, { ...nodes, password: "p@%s" }],
    [
      { ...nodes, password: "own" },
      { ...nodes, password: "own" },
    ],
    [
      { ...sentinels, username: "weft" },
      { ...sentinels, username: "weft", password: "p@%s", sentinelPassword: "q" },
    ],
    [
      { ...sentinels, password: "own", sentinelPassword: "own" },
      { ...sentinels, password: "own", sentinelPassword: "own" },
    ],
  ])("are what the environment says: %j", async (redis, expected) => {
    vi.stubEnv("WEFT_REDIS_PASSWORD", "p@%s");
    vi.stubEnv("WEFT_REDIS_SENTINEL_PASSWORD", "q");
    expect(await read(redis)).toEqual(expected);
  });

  it("are none without it", async () => {
    for (const redis of [{ url: "redis://weft@r" }, sentinels, nodes])
      expect(await read(redis)).toEqual(redis);
  });
});

it("takes the paths of certificates from where the file lies", async () => {
  const tls = { ca: "tls/ca.pem", cert: "/etc/weft.pem", key: "weft.key", servername: "redis.test" };
  expect(await read({ ...nodes, tls })).toEqual({
    ...nodes,
    tls: { ...tls, ca: "/tls/ca.pem", key: "/weft.key" },
  });
});

it.each([
  ["a certificate without its key", { ...nodes, tls: { cert: "a" } }, "tls: give `cert` and `key`"],
  ["a key without its certificate", { ...nodes, tls: { key: "a" } }, "tls: give `cert` and `key`"],
  ["a user beside a URL", { url: "redis://r", username: "weft" }, "cache.redis.username is no key"],
  ["a URL that is none", { url: "redis://r:port" }, "cache.redis.url: no URL"],
])("refuses %s, with its line", (_, redis, problem) => {
  expect(() => parseConfig(meshOf(redis), "mesh.yaml")).toThrow(new RegExp(`mesh\\.yaml:3: .*${problem}`));
});

describe("certificates", () => {
  it("are read once, for all kinds of Redis", async () => {
    await using made = await makeCertificates();
    const { ca, client } = made;
    const [certificate, key] = [await made.text(client.cert), await made.text(client.key)];
    const tls = { ca, ...client, servername: "redis.test" };
    const read = { ca: await made.text(ca), cert: certificate, key, servername: "redis.test" };
    expect(await redisPlace({ url: "redis://r", tls })).toEqual({
      kind: "single",
      url: "redis://r",
      tls: read,
    });
    expect(await redisPlace({ ...sentinels, tls })).toEqual({ kind: "sentinel", ...sentinels, tls: read });
    expect(await redisPlace({ ...nodes, tls: true })).toEqual({ kind: "cluster", ...nodes, tls: {} });
    expect(await redisPlace(nodes)).toEqual({ kind: "cluster", ...nodes });
  });

  it.each([
    [
      "a file that is not there",
      () => ({ ca: "/nowhere/ca.pem" }),
      /`tls\.ca` cannot be read: ENOENT.*\/nowhere\/ca\.pem/,
    ],
    [
      "a CA that is none",
      (of: string) => ({ ca: join(of, "names") }),
      /there is no certificate in `tls\.ca`/,
    ],
    [
      "a key of another certificate",
      (of: string) => ({ cert: join(of, "client.pem"), key: join(of, "server.key") }),
      /`tls` cannot be used: .*key values mismatch/,
    ],
  ])("keep the gateway from starting where there is %s", async (_, tlsIn, problem) => {
    await using made = await makeCertificates();
    const redis = { ...nodes, tls: tlsIn(made.directory) };
    const fault = await testGateway({ subgraphs: {}, cache: { redis } }).catch((cause: Fault) => cause);
    expect(fault).toMatchObject({ code: "CONFIG_INVALID", message: expect.stringMatching(problem) });
    expect((fault as Fault).message).toContain("cache.redis: ");
  });
});
