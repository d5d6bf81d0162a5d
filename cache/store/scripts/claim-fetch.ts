// KEYS: the claim. ARGV: the holder, for how many milliseconds. Answers 1 where it is the holder's now.
import type { Script } from "./script.ts";

export const claimFetchScript: Script = {
  whenFull: true,
  text: `
if redis.call('SET', key(1), ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
return 0
`,
};
