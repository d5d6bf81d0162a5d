// KEYS: the claim. ARGV: the holder.
import type { Script } from "./script.ts";

/** `release(i, holder)`: the claim that is key i is nobody's any more, if it was the holder's. */
export const releaseLua = `
local function release(i, holder)
  if redis.call('GET', key(i)) == holder then redis.call('UNLINK', key(i)) end
end
`;

export const releaseClaimScript: Script = {
  whenFull: true,
  text: `${releaseLua}
release(1, ARGV[1])
return 0
`,
};
