// The choice between two ways to a key set, by what each would cost.
import type { Choose } from "../../plan/condition.ts";
import { collectionNamed } from "../../plan/facts.ts";
import type { Operator } from "../operator.ts";
import type { Keys } from "./keys.ts";
import { compileProbe } from "./probe.ts";
import type { Asks } from "./rows-runtime.ts";

/** So few keys are brought without asking whether the other way had fewer. */
export const fewKeys = 1_000;

/** What one more request costs, in rows: what travels and is read in the time that a request takes anyway. */
export const rowsPerRequest = 2_000;

/** Rows at either end, and how many keys one question takes there. */
export type Cardinality = { readonly rows: number; readonly keysMax: number };

/**
 * With the foreign side first, all of its keys are brought and bound here: `scan = card(F) · row + card(F) / block · query`.
 * With the local side first, its own keys are brought, bound there, and what is found of them is bound here:
 * `bind = card(L) · row + card(L) / block · query + card(result) · row + card(result) / block · query`, where no more are
 * found than the smaller side has. (The cost model of bind joins: Haas, Kossmann, Wimmers and Yang, "Optimizing queries
 * across diverse data sources", VLDB 1997.)
 */
export function isForeignFirst(foreign: Cardinality, local: Cardinality): boolean {
  if (local.rows === Number.POSITIVE_INFINITY) return true;
  const found = Math.min(foreign.rows, local.rows);
  const scan = foreign.rows + requests(foreign.rows, local.keysMax);
  const bind = local.rows + requests(local.rows, foreign.keysMax) + found + requests(found, local.keysMax);
  return scan <= bind;
}

function requests(keys: number, keysMax: number): number {
  return Math.ceil(keys / keysMax) * rowsPerRequest;
}

/** The foreign side is probed first: where it is small, which is most often, the other probe is not needed. */
export function compileChoose({ foreign, local, probes }: Choose, asks: Asks): Operator<Keys> {
  const [foreignKeys, localKeys] = [asks.keys(foreign), asks.keys(local)];
  const probe = { foreign: compileProbe(probes.foreign, asks), local: compileProbe(probes.local, asks) };
  const keysMax = {
    foreign: collectionNamed(asks.facts, probes.foreign.collection).keysMax,
    local: collectionNamed(asks.facts, probes.local.collection).keysMax,
  };
  return async (running) => {
    const foreignRows = await probe.foreign(running);
    if (foreignRows <= fewKeys) {
      asks.note?.({ taken: "foreign", foreignRows });
      return foreignKeys(running);
    }
    const localRows = await probe.local(running);
    const isForeign = isForeignFirst(
      { rows: foreignRows, keysMax: keysMax.foreign },
      { rows: localRows, keysMax: keysMax.local },
    );
    asks.note?.({ taken: isForeign ? "foreign" : "local", foreignRows, localRows });
    return isForeign ? foreignKeys(running) : localKeys(running);
  };
}
