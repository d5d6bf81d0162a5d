// Where the configuration says that Redis is, with the certificates of its files.
import { readFile } from "node:fs/promises";
import { createSecureContext } from "node:tls";
import type { RedisPlace, RedisTls } from "../../cache/store/redis-connection.ts";
import type { RedisConfig, TlsFiles } from "../config.ts";

/**
 * Reads the files once: what changes in them counts from the next start on.
 * @throws Error that names the key of a file which cannot be read, or which holds no certificates
 */
export async function redisPlace(redis: RedisConfig): Promise<RedisPlace> {
  const { tls: files, ...place } = redis;
  const tls = files && (files === true ? {} : await readTls(files));
  const secured = tls === undefined ? {} : { tls };
  if ("url" in place) return { kind: "single", ...place, ...secured };
  return "sentinels" in place
    ? { kind: "sentinel", ...place, ...secured }
    : { kind: "cluster", ...place, ...secured };
}

async function readTls({ ca, cert, key, servername }: TlsFiles): Promise<RedisTls> {
  const read = async (name: string, file: string | undefined) =>
    file === undefined
      ? undefined
      : readFile(file, "utf8").catch((cause: Error) => {
          throw new Error(`\`tls.${name}\` cannot be read: ${cause.message}`, { cause });
        });
  const tls = {
    ca: await read("ca", ca),
    cert: await read("cert", cert),
    key: await read("key", key),
    servername,
  };
  if (tls.ca !== undefined && !tls.ca.includes("-----BEGIN CERTIFICATE-----"))
    throw new Error(`there is no certificate in \`tls.ca\`, ${ca}`);
  try {
    createSecureContext(tls);
  } catch (cause) {
    throw new Error(`\`tls\` cannot be used: ${(cause as Error).message}`, { cause });
  }
  return tls;
}
