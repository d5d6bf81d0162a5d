// The process of a port before its product is known: the SDK is loaded ahead, so that a save waits for the product alone.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

/** Told which file serves the port, it becomes that file's process. */
process.once("message", async (run: string) => {
  process.argv[1] = run;
  process.channel?.unref();
  await import(pathToFileURL(run).href);
});

try {
  // As the folder finds it: a port without the SDK starts all the same.
  await import(pathToFileURL(createRequire(`${process.cwd()}/`).resolve("weft/sdk")).href);
} catch {}
