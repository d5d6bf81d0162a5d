// KEYS: the entry. ARGV: bytes max, the header of the copy that the caller has ("" = none). Answers the clock and the bytes, or
// their number where there are too many, or -1 where the caller's copy is what is here.
import type { Script } from "./script.ts";

export const readEntryScript: Script = {
  whenFull: true,
  text: `
local size = redis.call('STRLEN', key(1))
if size == 0 then return {atMs, false} end
if size > tonumber(ARGV[1]) then return {atMs, size} end
if #ARGV[2] > 0 and redis.call('GETRANGE', key(1), 0, #ARGV[2] - 1) == ARGV[2] then return {atMs, -1} end
return {atMs, redis.call('GET', key(1))}
`,
};
