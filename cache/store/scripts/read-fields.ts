// KEYS: hashes. ARGV: bytes max, the lease's milliseconds, then field and new lease for each ("" = none is wanted).
// Answers the clock, then the field (or its size where it is too large) and the lease of each hash.
import type { Script } from "./script.ts";

/** A field that has ended is left: its hash has a lease, and the next fill writes over it. */
export const readFieldsScript: Script = {
  whenFull: true,
  text: `
local found = {atMs}
for i = 1, #KEYS do
  local field, given = ARGV[i * 2 + 1], ARGV[i * 2 + 2]
  local size = redis.call('HSTRLEN', key(i), field)
  local lease = redis.call('HGET', key(i), 'lease')
  local value = false
  if size > tonumber(ARGV[1]) then
    value = size
  elseif size > 0 then
    value = redis.call('HGET', key(i), field)
  elseif given ~= '' then
    if redis.call('HSETNX', key(i), 'lease', given) == 1 then lease = given end
    if redis.call('PTTL', key(i)) < tonumber(ARGV[2]) then redis.call('PEXPIRE', key(i), ARGV[2]) end
  end
  found[i * 2] = value
  found[i * 2 + 1] = lease
end
return found
`,
};
