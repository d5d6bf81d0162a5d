// Finds PostgreSQL's programs for the tests: installed, or installed now.
import { readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { installPackage, isExecutable } from "./installed-program.ts";

const installed = "/usr/lib/postgresql";

/** The folder of `initdb` and `postgres`. Where there is none and this user may install packages, Debian's come first. */
export function findPostgres(): string {
  const found =
    lookForPostgres() ?? (installPackage("postgresql", "PostgreSQL") ? lookForPostgres() : undefined);
  if (found) return found;
  throw new Error(
    "The tests of the SDK need PostgreSQL 15 or later: install your system's `postgresql` package, or set WEFT_TEST_POSTGRES.",
  );
}

/** The folder, where one is on this machine: that of Debian's newest version, or one in PATH. */
export function lookForPostgres(): string | undefined {
  const inPath = (process.env.PATH ?? "").split(delimiter);
  return [...versions(), ...inPath].find((folder) =>
    ["initdb", "postgres"].every((name) => isExecutable(join(folder, name))),
  );
}

function versions(): readonly string[] {
  try {
    return readdirSync(installed)
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => join(installed, version, "bin"));
  } catch {
    return [];
  }
}
