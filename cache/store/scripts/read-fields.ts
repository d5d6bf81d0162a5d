// KEYS: hashes, then counters. ARGV: bytes max, the lease's milliseconds, how many hashes there are, the counters' milliseconds to
// live, a new lease, then field and 1 where a lease is wanted for each hash, then a new token for each counter. Answers the clock,
// then the field (or its size where it is too large) and the lease of each hash, then the counters' tokens.
import { counterLua } from "./read-counters.ts";
import type { Script } from "./script.ts";

/** A field that has ended is left: its hash has a lease, and the next fill writes over it. */
export const readFieldsScript: Script = {
  whenFull: true,
  text: `${counterLua}
local found = {atMs}
local hashes = tonumber(ARGV[3])
for i = 1, hashes do
  local field, wantsLease = ARGV[i * 2 + 4], ARGV[i * 2 + 5]
  local hash = key(i)
  local known = redis.call('HMGET', hash, field, 'lease')
  local value, lease = known[1], known[2]
  if value and #value > tonumber(ARGV[1]) then
    value = #value
  elseif not value and wantsLease == '1' then
    if redis.call('HSETNX', hash, 'lease', ARGV[5]) == 1 then lease = ARGV[5] end
    if redis.call('PTTL', hash) < tonumber(ARGV[2]) then redis.call('PEXPIRE', hash, ARGV[2]) end
  end
  found[i * 2] = value
  found[i * 2 + 1] = lease
end
for i = hashes + 1, #KEYS do found[#found + 1] = counter(i, ARGV[hashes + i + 5], ARGV[4]) end
return found
`,
};
