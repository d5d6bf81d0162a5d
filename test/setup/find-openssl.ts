// Finds openssl for the tests that need certificates: on the path, or installed now.
import { delimiter, join } from "node:path";
import { installPackage, isExecutable } from "./installed-program.ts";

/** The path of `openssl`. Where there is none and this user may install packages, Debian's is installed first. */
export function findOpenssl(): string {
  const found = onPath() ?? (installPackage("openssl", "openssl") ? onPath() : undefined);
  if (found) return found;
  throw new Error("The tests of TLS need openssl: install your system's `openssl` package.");
}

function onPath(): string | undefined {
  return [...(process.env.PATH ?? "").split(delimiter), "/usr/bin", "/usr/local/bin"]
    .map((directory) => join(directory, "openssl"))
    .find(isExecutable);
}
