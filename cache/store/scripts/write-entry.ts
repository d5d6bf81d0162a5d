// KEYS: the entry. ARGV: bytes, when to delete it. Answers "stored" or "late".
import type { Script } from "./script.ts";

export const writeEntryScript: Script = {
  whenFull: false,
  text: `
if atMs >= tonumber(ARGV[2]) then return 'late' end
redis.call('SET', key(1), ARGV[1], 'PX', math.ceil(ARGV[2] - atMs))
return 'stored'
`,
};
