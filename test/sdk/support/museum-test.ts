// `it` with a port of the museum and an oracle beside it, both opened once a file.
import { test } from "vitest";
import type { AskedPort } from "./asking.ts";
import { museumTables } from "./museum.ts";
import { museumPort } from "./museum-port.ts";
import { type Oracle, openOracle } from "./oracle.ts";

export const it = test.extend<{ port: AskedPort; oracle: Oracle }>({
  port: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names in the pattern
    async ({}, use) => {
      await using port = await museumPort();
      await use(port);
    },
    { scope: "file" },
  ],
  oracle: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names in the pattern
    async ({}, use) => {
      await using oracle = await openOracle(museumTables);
      await use(oracle);
    },
    { scope: "file" },
  ],
});

/** The ids of a list's rows. */
export function ids(rows: readonly { readonly id: unknown }[]): readonly unknown[] {
  return rows.map(({ id }) => id);
}
