// Who a product belongs to, where no flag says it: as git knows the person who runs the command.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** A value of git's configuration; undefined where there is none, or no git. */
export async function gitConfig(name: "user.name" | "user.email"): Promise<string | undefined> {
  const asked = promisify(execFile)("git", ["config", "--get", name], { timeout: 5_000 });
  return (await asked.catch(() => undefined))?.stdout.trim() || undefined;
}
