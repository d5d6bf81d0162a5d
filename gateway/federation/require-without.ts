// Loads a CommonJS library without some of those that it requires, for the memory and the time that they take.
import { createRequire, Module } from "node:module";
import { dirname, sep } from "node:path";

/** Libraries by the names that they are required by, each with what is read of it while its requirer loads. */
export type LeftOut = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * The library as this caller alone gets it: whoever else requires it, or what it was loaded without, gets them whole.
 * Reading anything else of what was left out is an error that names it.
 */
export function requireWithout<T>(library: string, leftOut: LeftOut): T {
  const main = createRequire(import.meta.url).resolve(library);
  const require = createRequire(main);
  const { cache } = require;
  const before = { ...cache };
  const isItsOwn = (file: string) => file.startsWith(dirname(main) + sep);
  const forget = (file: string) => delete cache[file];
  const standIns = Object.entries(leftOut).map(([name, read]) => {
    const file = require.resolve(name);
    return Object.assign(new Module(file), { exports: standIn(name, read), loaded: true });
  });
  Object.keys(cache).filter(isItsOwn).forEach(forget);
  for (const each of standIns) cache[each.id] = each;
  try {
    return require(main) as T;
  } finally {
    Object.keys(cache).filter(isItsOwn).forEach(forget);
    for (const { id } of standIns) forget(id);
    Object.assign(cache, before);
  }
}

function standIn(name: string, read: LeftOut[string]): unknown {
  const known: Readonly<Record<string | symbol, unknown>> = { __esModule: true, ...read };
  return new Proxy(known, {
    get(_, field) {
      if (Object.hasOwn(known, field)) return known[field];
      throw new Error(`${name} is left out, so there is no ${String(field)}`);
    },
  });
}
