// KEYS: the entry, then counters. ARGV: bytes max, the header of the copy that the caller has ("" = none), the counters' milliseconds
// to live, then a new token for each. Answers the clock; the bytes, or their number where there are too many, or -1 where the
// caller's copy is what is here; the counters' tokens.
import { counterLua } from "./read-counters.ts";
import type { Script } from "./script.ts";

export const readEntryScript: Script = {
  whenFull: true,
  text: `${counterLua}
local found = {atMs, false}
for i = 2, #KEYS do found[i + 1] = counter(i, ARGV[i + 2], ARGV[3]) end
local size = redis.call('STRLEN', key(1))
if size > tonumber(ARGV[1]) then
  found[2] = size
elseif #ARGV[2] > 0 and redis.call('GETRANGE', key(1), 0, #ARGV[2] - 1) == ARGV[2] then
  found[2] = -1
elseif size > 0 then
  found[2] = redis.call('GET', key(1))
end
return found
`,
};
