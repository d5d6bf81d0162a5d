// KEYS: counters. ARGV: milliseconds to live, then a new token for each counter.
import type { Script } from "./script.ts";

export const renewCountersScript: Script = {
  whenFull: true,
  text: `
for i = 1, #KEYS do
  redis.call('SET', key(i), ARGV[i + 1], 'PX', ARGV[1])
end
return #KEYS
`,
};
