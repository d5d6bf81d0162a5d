// KEYS: the entry, perhaps the claim to release. ARGV: bytes, when to delete it, the claim's holder. Answers "stored" or "late".
import { releaseLua } from "./release-claim.ts";
import type { Script } from "./script.ts";

export const writeEntryScript: Script = {
  whenFull: false,
  text: `${releaseLua}
if KEYS[2] then release(2, ARGV[3]) end
if atMs >= tonumber(ARGV[2]) then return 'late' end
redis.call('SET', key(1), ARGV[1], 'PX', math.ceil(ARGV[2] - atMs))
return 'stored'
`,
};
