// Programs that the tests need: is one there, and Debian's package where it is not.
import { execFileSync, spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Installs a package where this user may, and says so; false where it may not or it fails. */
export function installPackage(name: string, what: string): boolean {
  const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const allowed = spawnSync("env", [...sudo, "apt-get", "--version"], { stdio: "ignore" }).status === 0;
  if (!allowed) return false;
  console.log(`No ${what} found: installing Debian's for the tests.`);
  const commands = [
    ["apt-get", "update"],
    ["apt-get", "install", "-y", "--no-install-recommends", name],
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
