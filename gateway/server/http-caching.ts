// What HTTP caches are told of an answer, and whether the caller has it already (RFC 9111, RFC 9110 13.1.2).
import { hash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Parted } from "../remember/parted.ts";
import type { SubgraphProducts } from "../remember/subgraph-products.ts";
import { ageSeconds } from "./freshness.ts";
import { wholeBytes } from "./response.ts";

export type CachingFacts = {
  /** Only what is got has a representation, which may be kept and compared. */
  readonly isGet: boolean;
  readonly products: ReadonlyMap<string, SubgraphProducts>;
  /** Did the caller send any header that decides what is seen? */
  readonly isPersonal: boolean;
  /** For how long at most caches may use it without asking; 0 = they always ask. */
  readonly maxAgeMs: number;
  readonly answerBytesMax: number;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
};

/** The names of `Vary`: all that an answer or its refusal may depend on besides the URL. */
export function variesBy(forwardHeaders: readonly string[]): string {
  const names = ["accept", "accept-encoding", "origin", "sec-fetch-site", ...forwardHeaders];
  return [...new Set(names)].join(", ");
}

/**
 * `Cache-Control` and `ETag`. What has errors, or is too large to be sent, is kept by nobody. All else may be kept by the caller
 * alone, who asks each time whether it still holds; without asking it is used only where every product that was read has an
 * objective, and no longer than that lasts.
 */
export function cachingHeaders(
  answer: Parted,
  { isGet, products, isPersonal, maxAgeMs, answerBytesMax, nowMs }: CachingFacts,
): { readonly "cache-control": string; readonly etag?: string } {
  const { parts = [] } = answer;
  if (answer.errors || !answer.data || wholeBytes(answer) > answerBytesMax)
    return { "cache-control": "no-store" };
  if (!isGet) return toBeAsked;
  const etag = entityTag(answer.data);
  const left = Math.floor(Math.min(objectiveLeftMs(parts, products, nowMs), maxAgeMs) / 1000);
  if (left <= 0) return { ...toBeAsked, etag };
  // A cache counts from the `Age` that it is told (RFC 9111, 4.2).
  const maxAge = ageSeconds({ parts }, nowMs) + left;
  return {
    "cache-control": `${isPersonal ? "private" : "public"}, max-age=${maxAge}, must-revalidate`,
    etag,
  };
}

const toBeAsked = { "cache-control": "private, no-cache" };

/** Weak: the same answer may be sent in several content codings. Equal for equal data. */
export function entityTag(data: Uint8Array): string {
  return `W/"${hash("sha256", data, "base64url").slice(0, 22)}"`;
}

/**
 * Ends a request that was answered with this body: one of which nothing else is said may not be kept, and one that the
 * caller has already is 304 without a body. A POST has no representation to compare with, so that its condition is ignored.
 */
export function concluded<Body>(
  { method, headers }: FastifyRequest,
  reply: FastifyReply,
  body: Body,
): Body | FastifyReply {
  const etag = reply.getHeader("etag");
  // Apollo Server says something else of texts that it does not know.
  const isSettled = etag !== undefined || reply.getHeader("cache-control") === toBeAsked["cache-control"];
  if (!isSettled) reply.header("cache-control", "no-store");
  if (method !== "GET" || etag === undefined || !isKnown(headers["if-none-match"], String(etag))) return body;
  return reply.code(304).removeHeader("content-type").removeHeader("content-length").send();
}

/** By weak comparison (RFC 9110, 8.8.3.2). */
function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === "*") return true;
  const known: readonly string[] = ifNoneMatch.match(/"[^"]*"/g) ?? [];
  return known.includes(etag.replace(/^W\//, ""));
}

/** Until the first of its parts is older than its products allow; nothing where one has no objective, or there are none. */
function objectiveLeftMs(
  parts: NonNullable<Parted["parts"]>,
  products: CachingFacts["products"],
  nowMs: number,
): number {
  if (parts.length === 0) return 0;
  return Math.min(
    ...parts.map(({ subgraph, asOfMs }) => (products.get(subgraph)?.sloMs ?? 0) - (nowMs - asOfMs)),
  );
}
