// What `weft dev` tells while it runs.
import type { Finding } from "../../schema/check/finding.ts";

export type DevEvent =
  /** The first supergraph with everything that answers is served. */
  | {
      readonly kind: "ready";
      /** The gateway, without a path. */
      readonly url: string;
      /** Where my port is asked, whichever process serves it. */
      readonly port: string;
      readonly subgraphs: readonly string[];
    }
  /** What was saved is what is answered now. */
  | { readonly kind: "serving"; readonly tookMs: number; readonly findings: readonly Finding[] }
  /** The mesh does not compose with what was saved; the last good schema serves. */
  | {
      readonly kind: "refused";
      readonly findings: readonly Finding[];
      /** In the gateway's words; for what no finding tells. */
      readonly problems: readonly string[];
    }
  /** My port does not start; the last one goes on. */
  | { readonly kind: "failed"; readonly problem: string; readonly place?: string }
  /** My port ended by itself; the next save starts it again. */
  | { readonly kind: "ended" }
  | { readonly kind: "said"; readonly line: string };
