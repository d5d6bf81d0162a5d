// Who publishes: as said, else as git knows them, else the user of the machine.
import { execFile } from "node:child_process";
import { userInfo } from "node:os";
import { promisify } from "node:util";

const run = promisify(execFile);

/** `Ada Lovelace <ada@example.org>` where git knows both. */
export async function publisherOf(said: string | undefined, folder: string): Promise<string> {
  if (said !== undefined && said.trim() !== "") return said.trim();
  const [name, email] = await Promise.all([gitSays("user.name", folder), gitSays("user.email", folder)]);
  if (name !== undefined) return email === undefined ? name : `${name} <${email}>`;
  return email ?? userInfo().username;
}

async function gitSays(key: string, cwd: string): Promise<string | undefined> {
  try {
    const { stdout } = await run("git", ["config", "--get", key], { cwd, timeout: 5_000 });
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}
