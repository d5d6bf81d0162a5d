// KEYS: a product's changes. Answers their lines, the newest last.
import type { Script } from "./script.ts";

export const readChangesScript: Script = {
  whenFull: true,
  text: `
return redis.call('LRANGE', key(1), 0, -1)
`,
};
