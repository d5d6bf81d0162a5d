// Finds a Chromium for the tests of the console: named, installed, or installed now.
import { execFileSync, spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome"];

/** The executable's path. Where there is none and this user may install packages, Debian's is installed first. */
export function findChromium(): string {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH) {
    if (isExecutable(CHROMIUM_PATH)) return CHROMIUM_PATH;
    throw new Error(`CHROMIUM_PATH is ${CHROMIUM_PATH}, which is nothing that can be run.`);
  }
  const found = onPath() ?? (install() ? onPath() : undefined);
  if (found) return found;
  throw new Error(
    "The tests of the console need Chromium: install your system's `chromium` package, or set CHROMIUM_PATH.",
  );
}

function onPath(): string | undefined {
  const directories = (process.env.PATH ?? "").split(delimiter);
  return names.flatMap((name) => directories.map((directory) => join(directory, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function install(): boolean {
  const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const allowed = spawnSync("env", [...sudo, "apt-get", "--version"], { stdio: "ignore" }).status === 0;
  if (!allowed) return false;
  console.log("No Chromium found: installing Debian's for the tests of the console.");
  const commands = [
    ["apt-get", "update"],
    ["apt-get", "install", "-y", "--no-install-recommends", "chromium"],
  ];
  try {
    for (const command of commands)
      execFileSync("env", [...sudo, "DEBIAN_FRONTEND=noninteractive", ...command], {
        stdio: ["ignore", "ignore", "inherit"],
      });
    return true;
  } catch {
    return false;
  }
}
