// KEYS: the claim. ARGV: the holder.
import type { Script } from "./script.ts";

export const releaseClaimScript: Script = {
  whenFull: true,
  text: `
if redis.call('GET', key(1)) == ARGV[1] then redis.call('UNLINK', key(1)) end
return 0
`,
};
