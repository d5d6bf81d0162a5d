// Starts a module in a thread of its own: JavaScript as it is, TypeScript (in development) by way of tsx.
import { Worker, type WorkerOptions } from "node:worker_threads";

/** The loader that this thread was started with may not be there in another one (vitest has its own). */
const loadTypeScript = (module: URL) =>
  `import("tsx/esm/api").then(({ register }) => { register(); return import(${JSON.stringify(module.href)}); });`;

/** `module`: without extension, beside the module at `from`, and written in the same language. */
export function startThread(module: string, from: string, options: WorkerOptions): Worker {
  const isSource = new URL(from).pathname.endsWith(".ts");
  const file = new URL(`${module}${isSource ? ".ts" : ".js"}`, from);
  return isSource ? new Worker(loadTypeScript(file), { ...options, eval: true }) : new Worker(file, options);
}
