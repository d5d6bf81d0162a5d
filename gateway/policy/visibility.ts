// Visibility: who asks, as far as it decides what may be seen. It goes with every fetch and into every key.
import { createHash } from "node:crypto";
import type { Brand } from "../../schema/product/brand.ts";

type Seen = {
  /** Headers sent on to subgraphs. */
  readonly headers: Readonly<Record<string, string>>;
  /** Equal for two callers exactly where all that decides what they see is equal. Safe to log. */
  readonly scope: string;
};

export type Visibility = Brand<Seen, "Visibility">;

/** The only way to a Visibility: from a request's headers, by the configured list. */
export function mintVisibility(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  forwardHeaders: readonly string[],
): Visibility {
  const kept = [...forwardHeaders].sort().flatMap((name): readonly [string, string][] => {
    const value = headers[name];
    return value === undefined ? [] : [[name, typeof value === "string" ? value : value.join(", ")]];
  });
  const scope = kept.length === 0 ? nobody : scopeOf(kept);
  return { headers: Object.fromEntries(kept), scope } as Visibility;
}

function scopeOf(kept: readonly (readonly [string, string])[]): string {
  return createHash("sha256").update(JSON.stringify(kept)).digest("base64url");
}

/** Of all who send none of the headers. */
const nobody = scopeOf([]);
