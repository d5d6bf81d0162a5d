// KEYS: the entry, then counters. ARGV: bytes max, the header of the copy that the caller has ("" = none), the counters'
// milliseconds to live, what the claim's name begins with, who would hold it ("" = nobody), for how many milliseconds, the bytes of
// a header, then a new token for each counter. Answers the clock; the bytes, or their number where there are too many, or -1 where
// the caller's copy is what is here; 1 where the claim is the holder's now, 0 where it is another's, nothing where it is not
// needed; the counters' tokens.
import { counterLua } from "./read-counters.ts";
import type { Script } from "./script.ts";

/** Stamps stand behind the header; their length is in its seventh and eighth byte. */
export const readEntryScript: Script = {
  whenFull: true,
  text: `${counterLua}
local found = {atMs, false, false}
local tokens = {}
for i = 2, #KEYS do
  tokens[i - 1] = counter(i, ARGV[i + 6], ARGV[3])
  found[i + 2] = tokens[i - 1]
end
local size = redis.call('STRLEN', key(1))
if size > tonumber(ARGV[1]) then
  found[2] = size
elseif #ARGV[2] > 0 and redis.call('GETRANGE', key(1), 0, #ARGV[2] - 1) == ARGV[2] then
  found[2] = -1
elseif size > 0 then
  found[2] = redis.call('GET', key(1))
end
if ARGV[5] ~= '' then
  local stamps, headerBytes = table.concat(tokens, ','), tonumber(ARGV[7])
  local head = redis.call('GETRANGE', key(1), 0, headerBytes + #stamps - 1)
  local isPresent = #head == headerBytes + #stamps
    and string.byte(head, 7) * 256 + string.byte(head, 8) == #stamps
    and string.sub(head, headerBytes + 1) == stamps
  if not isPresent then
    local claim = epoch .. ':' .. ARGV[4] .. redis.sha1hex(stamps)
    found[3] = redis.call('SET', claim, ARGV[5], 'NX', 'PX', ARGV[6]) and 1 or 0
  end
end
return found
`,
};
