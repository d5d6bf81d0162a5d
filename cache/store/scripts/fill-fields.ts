// KEYS: hashes. ARGV: fields max, then field, lease, bytes and when to delete it for each. Answers "stored", "late" or "unleased"
// for each.
import type { Script } from "./script.ts";

/** A hash lives as long as the field that lives longest. With one field too many, the others go. */
export const fillFieldsScript: Script = {
  whenFull: false,
  text: `
local function fill(i, field, lease, bytes, deleteAtMs)
  if atMs >= deleteAtMs then return 'late' end
  if redis.call('HGET', key(i), 'lease') ~= lease then return 'unleased' end
  local leftMs = math.max(redis.call('PTTL', key(i)), math.ceil(deleteAtMs - atMs))
  if redis.call('HLEN', key(i)) > tonumber(ARGV[1]) and redis.call('HEXISTS', key(i), field) == 0 then
    redis.call('UNLINK', key(i))
  end
  redis.call('HSET', key(i), 'lease', lease, field, bytes)
  redis.call('PEXPIRE', key(i), leftMs)
  return 'stored'
end
local done = {}
for i = 1, #KEYS do
  local at = i * 4 - 2
  done[i] = fill(i, ARGV[at], ARGV[at + 1], ARGV[at + 2], tonumber(ARGV[at + 3]))
end
return done
`,
};
