// What is reported of the asking of subgraphs. One event a request, however many callers shared it.
import type { Fault } from "../../schema/product/fault.ts";

type Of<Kind extends string, Facts> = { readonly kind: Kind; readonly subgraph: string } & Readonly<Facts>;

export type FetchEvent =
  /** `callers` is how many had asked the same and share the answer. */
  | Of<"subgraph.answered", { tookMs: number; bytes: number; callers: number }>
  | Of<"subgraph.failed", { tookMs: number; fault: Fault }>
  /** Not sent: the subgraph is suspended, or too many wait for it already. */
  | Of<"subgraph.refused", { fault: Fault }>
  /** A query is sent once more in `waitMs`, after an answer with that status; undefined = there was none. */
  | Of<"subgraph.retried", { status: number | undefined; waitMs: number }>
  /** It failed `failures` times in a row and is left alone for `forMs`. */
  | Of<"subgraph.suspended", { failures: number; forMs: number }>
  | Of<"subgraph.resumed", object>;
