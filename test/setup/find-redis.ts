// Finds a Redis for the tests of the cache: named, installed, or installed now.
import { delimiter, join } from "node:path";
import { installPackage, isExecutable } from "./installed-program.ts";

/** The path of `redis-server`. Where there is none and this user may install packages, Debian's is installed first. */
export function findRedis(): string {
  const { WEFT_TEST_REDIS } = process.env;
  if (WEFT_TEST_REDIS) {
    if (isExecutable(WEFT_TEST_REDIS)) return WEFT_TEST_REDIS;
    throw new Error(`WEFT_TEST_REDIS is ${WEFT_TEST_REDIS}, which is nothing that can be run.`);
  }
  const found = onPath() ?? (installPackage("redis-server", "Redis") ? onPath() : undefined);
  if (found) return found;
  throw new Error(
    "The tests of the cache need Redis 7.0 or later: install your system's `redis-server` package, or set WEFT_TEST_REDIS.",
  );
}

function onPath(): string | undefined {
  const directories = (process.env.PATH ?? "").split(delimiter);
  return [...directories, "/usr/bin", "/usr/local/bin"]
    .map((directory) => join(directory, "redis-server"))
    .find(isExecutable);
}
