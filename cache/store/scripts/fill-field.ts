// KEYS: the hash. ARGV: field, lease, bytes, when to delete it, fields max. Answers "stored", "late" or "unleased".
import type { Script } from "./script.ts";

/** The hash lives as long as the field that lives longest. With one field too many, the others go. */
export const fillFieldScript: Script = {
  whenFull: false,
  text: `
if atMs >= tonumber(ARGV[4]) then return 'late' end
if redis.call('HGET', key(1), 'lease') ~= ARGV[2] then return 'unleased' end
local leftMs = math.max(redis.call('PTTL', key(1)), math.ceil(ARGV[4] - atMs))
if redis.call('HLEN', key(1)) > tonumber(ARGV[5]) and redis.call('HEXISTS', key(1), ARGV[1]) == 0 then
  redis.call('UNLINK', key(1))
end
redis.call('HSET', key(1), 'lease', ARGV[2], ARGV[1], ARGV[3])
redis.call('PEXPIRE', key(1), leftMs)
return 'stored'
`,
};
