// Redis servers that speak TLS alone, with a user who has a password: by themselves, behind a Sentinel, and as a Cluster.
import { type ChildProcess, spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import getPort from "get-port";
import { Redis } from "ioredis";
import type { Keep } from "../../setup/closed-after.ts";
import { findRedis } from "../../setup/find-redis.ts";
import { temporaryDirectory } from "../../setup/temporary-directory.ts";
import { type Certificates, makeCertificates } from "./certificates.ts";
import { startCluster } from "./start-cluster.ts";

export type TlsRedis = AsyncDisposable & {
  readonly host: "127.0.0.1";
  readonly port: number;
  /** Asks it as an administrator would. */
  readonly ask: (command: string, ...args: (string | number)[]) => Promise<unknown>;
};

export const user = "weft";
export const password = "c0rrect-h0rse";
export const sentinelUser = "watcher";
export const sentinelPassword = "battery-st4ple";
const adminPassword = "administrator";
/** What docs/cache.md says that a user needs. */
const acl = `user ${user} on >${password} ~* &* +@all -@dangerous +info +role +config|get\n`;
const sentinelAcl = `user ${sentinelUser} on >${sentinelPassword} ~* &* +@all`;

export type TlsRedisOptions = {
  /** Must clients show a certificate? */
  readonly clientCertificates?: boolean;
  readonly flags?: readonly string[];
  /** A Sentinel keeps what it knows in its configuration. */
  readonly configuration?: string;
};

export async function startTlsRedis(
  certificates: Certificates,
  { clientCertificates = false, flags = [], configuration }: TlsRedisOptions = {},
): Promise<TlsRedis> {
  const { ca, server: pair } = certificates;
  const directory = await temporaryDirectory();
  const port = await getPort({ host: "127.0.0.1" });
  const file = join(directory.path, "redis.conf");
  await writeFile(file, configuration ?? `${acl}save ""\n`);
  const tls = ["--tls-port", String(port), "--port", "0", "--tls-replication", "yes", "--tls-cluster", "yes"];
  const files = ["--tls-cert-file", pair.cert, "--tls-key-file", pair.key, "--tls-ca-cert-file", ca];
  const shown = ["--tls-auth-clients", clientCertificates ? "yes" : "no"];
  const admin = ["--requirepass", adminPassword, ...(configuration ? [] : ["--masterauth", adminPassword])];
  const place = ["--bind", "127.0.0.1", "--dir", directory.path];
  const args = [file, ...tls, ...files, ...shown, ...admin, ...place, ...flags];
  const redis: ChildProcess = spawn(findRedis(), args, { stdio: "ignore" });
  const orphaned = () => void redis.kill("SIGKILL");
  process.once("exit", orphaned);
  const client = new Redis({
    host: "127.0.0.1",
    port,
    password: adminPassword,
    tls: {
      ca: await certificates.text(ca),
      cert: await certificates.text(pair.cert),
      key: await certificates.text(pair.key),
    },
    maxRetriesPerRequest: null,
    retryStrategy: () => 20,
  });
  client.on("error", () => {});
  await client.ping();
  return {
    host: "127.0.0.1",
    port,
    ask: (command, ...args) => client.call(command, ...args),
    [Symbol.asyncDispose]: async () => {
      client.disconnect();
      process.off("exit", orphaned);
      const ended = new Promise((resolve) => redis.once("exit", resolve));
      if (redis.kill("SIGKILL")) await ended;
      await directory[Symbol.asyncDispose]();
    },
  };
}

/** A Sentinel of the master, with a user and a password of its own. */
function startTlsSentinel(certificates: Certificates, name: string, master: TlsRedis): Promise<TlsRedis> {
  const configuration = [
    `sentinel monitor ${name} 127.0.0.1 ${master.port} 1`,
    `sentinel auth-pass ${name} ${adminPassword}`,
    sentinelAcl,
    "",
  ].join("\n");
  return startTlsRedis(certificates, { configuration, flags: ["--sentinel"] });
}

export type TlsServers = Readonly<Record<"single" | "sentinel" | "cluster", TlsRedis>>;

/** One by itself, a Sentinel that calls it "mesh", and one of a Cluster. */
export async function startTlsServers(
  keep: Keep,
): Promise<{ readonly certificates: Certificates; readonly servers: TlsServers }> {
  const certificates = keep(await makeCertificates());
  const start = async (flags: readonly string[] = []) => keep(await startTlsRedis(certificates, { flags }));
  const single = await start();
  const sentinel = keep(await startTlsSentinel(certificates, "mesh", single));
  const [cluster] = await startCluster(start);
  return { certificates, servers: { single, sentinel, cluster } };
}
