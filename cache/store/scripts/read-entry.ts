// KEYS: the entry. ARGV: bytes max. Answers the clock and the bytes, or their number where there are too many.
import type { Script } from "./script.ts";

export const readEntryScript: Script = {
  whenFull: true,
  text: `
local size = redis.call('STRLEN', key(1))
if size == 0 then return {atMs, false} end
if size > tonumber(ARGV[1]) then return {atMs, size} end
return {atMs, redis.call('GET', key(1))}
`,
};
