// KEYS: hashes.
import type { Script } from "./script.ts";

export const unlinkHashesScript: Script = {
  whenFull: true,
  text: `
for i = 1, #KEYS do redis.call('UNLINK', key(i)) end
return #KEYS
`,
};
