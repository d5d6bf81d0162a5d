// A PostgreSQL of the tests' own: a new cluster in a temporary folder, gone with it.
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { chown } from "node:fs/promises";
import { join } from "node:path";
import getPort from "get-port";
import pg from "pg";
import { findPostgres } from "./find-postgres.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

export type PostgresServer = AsyncDisposable & {
  /** A URL of its superuser. */
  readonly url: string;
  /** Ends the server as a crash does, or lets its sessions go first. The URL stays the same. */
  readonly stop: (how: "crash" | "shutdown") => Promise<void>;
  readonly start: () => Promise<void>;
};

/** Text sorts as English does, so that whoever forgets to sort by code point is found out. */
const collations = [
  ["--locale-provider=icu", "--icu-locale=en-US", "--locale=C.UTF-8"],
  ["--locale=en_US.UTF-8"],
  ["--locale=C.UTF-8"],
];

/** Starts a cluster that listens at 127.0.0.1 alone and trusts whoever comes from there. */
export async function startPostgres(): Promise<PostgresServer> {
  const programs = findPostgres();
  const directory = await temporaryDirectory();
  const folder = directory.path;
  const cluster = join(folder, "cluster");
  const user = ownUser();
  const options = { cwd: folder, stdio: "ignore", ...user } as const;
  let server: ChildProcess | undefined;
  const port = await getPort({ host: "127.0.0.1" });
  const url = `postgres://weft@127.0.0.1:${port}/postgres`;

  const start = async () => {
    const settings = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "jit=off"];
    const flags = ["-D", cluster, "-h", "127.0.0.1", "-p", String(port), "-k", folder];
    server = spawn(
      join(programs, "postgres"),
      [...flags, ...settings.flatMap((setting) => ["-c", setting])],
      options,
    );
    await answering(url, server);
  };
  const stop = async (how: "crash" | "shutdown") => {
    if (!server || server.exitCode !== null) return;
    const ended = new Promise((resolve) => server?.once("exit", resolve));
    server.kill(how === "crash" ? "SIGQUIT" : "SIGINT");
    await ended;
  };
  const end = async () => {
    await stop("crash");
    await directory[Symbol.asyncDispose]();
  };
  try {
    if ("uid" in user) await chown(folder, user.uid, user.gid);
    initialise(collations, (collation) =>
      execFileSync(
        join(programs, "initdb"),
        ["-D", cluster, "-U", "weft", "-A", "trust", "--encoding=UTF8", "--no-sync", ...collation],
        options,
      ),
    );
    await start();
  } catch (failure) {
    await end();
    throw failure;
  }
  return { url, stop, start, [Symbol.asyncDispose]: end };
}

/** The first collation that this version and this machine have. */
function initialise(
  [first, ...others]: readonly (readonly string[])[],
  initdb: (collation: readonly string[]) => void,
): void {
  try {
    initdb(first ?? []);
  } catch (failure) {
    if (others.length === 0) throw failure;
    initialise(others, initdb);
  }
}

/** PostgreSQL refuses to run as root: there it runs as the user that its package made, or as nobody. */
function ownUser(): { readonly uid: number; readonly gid: number } | Record<never, never> {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => {
    const [known, nobody] = ["postgres", "nobody"].map((name) =>
      spawnSync("id", [flag, name], { encoding: "utf8" }),
    );
    return Number((known?.status === 0 ? known : nobody)?.stdout);
  };
  return { uid: id("-u"), gid: id("-g") };
}

async function answering(url: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return;
    } catch (failure) {
      if (server.exitCode !== null || Date.now() > deadline) throw failure;
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      await client.end().catch(() => {});
    }
  }
}
