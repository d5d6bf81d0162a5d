// Waits for what another process or another turn of the loop brings about.
import { setTimeout as delay } from "node:timers/promises";

/** Resolves once it holds; rejects after ten seconds, with what was waited for. */
export async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited for ${what}`);
    await delay(10);
  }
}
