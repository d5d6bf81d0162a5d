// Reads mesh.yaml: every problem at once, each with its line.
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { type Config, eventsSecret, meshFileSchema, type RedisConfig, type TlsFiles } from "./config.ts";
import { configuring } from "./config-faults.ts";
import { readYaml } from "./read-yaml.ts";

/** @throws configuring.CONFIG_UNREADABLE, configuring.CONFIG_INVALID */
export async function readConfig(file: string): Promise<Config> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    throw configuring.CONFIG_UNREADABLE({ file, problem: (cause as Error).message }, cause);
  }
  const config = withPaths(parseConfig(text, file), dirname(file));
  return withSecrets(withRedis(withRegistry(config, process.env), process.env));
}

/** A registry that the file gives no place for is where the environment says. */
function withRegistry(config: Config, { WEFT_REGISTRY_POSTGRES: postgres }: NodeJS.ProcessEnv): Config {
  const { registry } = config;
  if (!registry || registry.folder !== undefined || registry.postgres !== undefined) return config;
  if (!postgres)
    throw configuring.CONFIG_INVALID({
      problems: ["registry: give `folder` or `postgres`, or set WEFT_REGISTRY_POSTGRES in the environment"],
    });
  return { ...config, registry: { ...registry, postgres } };
}

/** Passwords of Redis and of its Sentinels that the file does not say are what the environment says. */
function withRedis(config: Config, env: NodeJS.ProcessEnv): Config {
  const { redis } = config.cache;
  if (!redis) return config;
  return { ...config, cache: { ...config.cache, redis: withPasswords(redis, env) } };
}

function withPasswords(
  redis: RedisConfig,
  { WEFT_REDIS_PASSWORD: password, WEFT_REDIS_SENTINEL_PASSWORD: sentinelPassword }: NodeJS.ProcessEnv,
): RedisConfig {
  if ("url" in redis) {
    const url = new URL(redis.url);
    if (!password || url.password) return redis;
    url.password = encodeURIComponent(password);
    return { ...redis, url: url.href };
  }
  const own = { ...(password && { password }), ...redis };
  return "sentinels" in own && sentinelPassword ? { sentinelPassword, ...own } : own;
}

/** The secrets of the file beside those of the configuration. A problem names the line, never what it says. */
async function withSecrets(config: Config): Promise<Config> {
  const { secretsFile, secrets } = config.events;
  if (secretsFile === undefined) return config;
  const text = await readFile(secretsFile, "utf8").catch((cause: Error) => {
    throw configuring.CONFIG_INVALID({ problems: [`events.secretsFile: ${cause.message}`] }, cause);
  });
  const lines = text
    .split(/\r?\n/)
    .map((line, i) => ({ secret: line.trim(), place: `${secretsFile}:${i + 1}` }));
  const given = lines.filter(({ secret }) => secret !== "");
  const problems = given.flatMap(({ secret, place }) =>
    (eventsSecret.safeParse(secret).error?.issues ?? []).map(({ message }) => `${place}: ${message}`),
  );
  if (given.length === 0) problems.push(`events.secretsFile: there is no secret in ${secretsFile}`);
  if (problems.length > 0) throw configuring.CONFIG_INVALID({ problems });
  return {
    ...config,
    events: { ...config.events, secrets: [...secrets, ...given.map(({ secret }) => secret)] },
  };
}

/** Paths in the file are relative to it. */
function withPaths(config: Config, directory: string): Config {
  const from = (path: string) => resolve(directory, path);
  const { examples } = config.console;
  const { registered } = config.operation;
  const { secretsFile } = config.events;
  const { registry } = config;
  const { redis } = config.cache;
  const tls = redis?.tls;
  return {
    ...config,
    ...(redis &&
      typeof tls === "object" && {
        cache: { ...config.cache, redis: { ...redis, tls: tlsFrom(tls, from) } },
      }),
    ...(registry?.folder !== undefined && { registry: { ...registry, folder: from(registry.folder) } }),
    subgraphs: config.subgraphs.map(({ sdl, run, ...subgraph }) => ({
      ...subgraph,
      ...(sdl !== undefined && { sdl: from(sdl) }),
      ...(run !== undefined && { run: from(run) }),
    })),
    operation: { ...config.operation, ...(registered !== undefined && { registered: from(registered) }) },
    schema: { ...config.schema, stateDirectory: from(config.schema.stateDirectory) },
    events: { ...config.events, ...(secretsFile !== undefined && { secretsFile: from(secretsFile) }) },
    console: { ...config.console, ...(examples !== undefined && { examples: from(examples) }) },
  };
}

function tlsFrom({ ca, cert, key, ...tls }: TlsFiles, from: (path: string) => string): TlsFiles {
  return {
    ...tls,
    ...(ca !== undefined && { ca: from(ca) }),
    ...(cert !== undefined && { cert: from(cert) }),
    ...(key !== undefined && { key: from(key) }),
  };
}

/** @throws configuring.CONFIG_INVALID */
export function parseConfig(text: string, file: string): Config {
  const read = readYaml(text, file, meshFileSchema);
  if (read.kind === "wrong") throw configuring.CONFIG_INVALID({ problems: read.problems });
  return read.value;
}
