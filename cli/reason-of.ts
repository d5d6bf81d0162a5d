// Why a request or a file could not be had, in words.

/** The innermost reason: fetch hides it behind "fetch failed". */
export function reasonOf(failure: unknown): string {
  if (!(failure instanceof Error)) return String(failure);
  return failure.cause instanceof Error
    ? failure.cause.message || String((failure.cause as { code?: unknown }).code)
    : failure.message;
}
