// Finds a Chromium for the tests of the console: named, installed, or installed now.
import { delimiter, join } from "node:path";
import { installPackage, isExecutable } from "./installed-program.ts";

const names = ["chromium", "chromium-browser", "google-chrome"];

/** The executable's path. Where there is none and this user may install packages, Debian's is installed first. */
export function findChromium(): string {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH) {
    if (isExecutable(CHROMIUM_PATH)) return CHROMIUM_PATH;
    throw new Error(`CHROMIUM_PATH is ${CHROMIUM_PATH}, which is nothing that can be run.`);
  }
  const found = onPath() ?? (installPackage("chromium", "Chromium") ? onPath() : undefined);
  if (found) return found;
  throw new Error(
    "The tests of the console need Chromium: install your system's `chromium` package, or set CHROMIUM_PATH.",
  );
}

function onPath(): string | undefined {
  const directories = (process.env.PATH ?? "").split(delimiter);
  return names.flatMap((name) => directories.map((directory) => join(directory, name))).find(isExecutable);
}
