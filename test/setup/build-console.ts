// The pages of the gateway, built where they are not yet: whoever opens one in a browser asks for this first.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./weft-process.ts";

const pages = ["dist/console/index.html", "dist/console/cache.html"];

export function buildConsole(): void {
  if (pages.every((page) => existsSync(join(root, page)))) return;
  console.log("Building the console, which is not in dist/ yet.");
  const vite = join(root, "node_modules/vite/bin/vite.js");
  execFileSync(process.execPath, [vite, "build", "console", "--logLevel", "warn"], {
    cwd: root,
    stdio: "inherit",
  });
}
