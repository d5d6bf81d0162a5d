// What may be told of a failure of Redis: never the command, whose arguments are passwords, keys and answers.

/** An error with the text that ioredis gave, and nothing of what it hangs on its own: the command with all its arguments. */
export function withoutCommand(cause: unknown): Error {
  const { message, lastNodeError } = cause as Error & { readonly lastNodeError?: Error };
  // "ERR unknown command 'AUTH', with args beginning with: …"
  return new Error((lastNodeError?.message ?? message).replace(/, with args beginning with.*/s, ""));
}

/** Says no more than that there is no connection, not why. */
export function isDisconnected({ message }: Error): boolean {
  return disconnected.test(message) && !/NOAUTH|WRONGPASS/.test(message);
}

const disconnected =
  /^(Stream isn't writeable|Cluster isn't ready|Command timed out|None of startup nodes|Reached the max retries|All sentinels are unreachable|Failed to refresh slots cache)|Connection is closed/;

/** Redis is there, and does not let this user in, or not do what the cache does. */
export function isForbidden({ message }: Error): boolean {
  return /^(NOPERM|NOAUTH|WRONGPASS)/.test(message);
}
