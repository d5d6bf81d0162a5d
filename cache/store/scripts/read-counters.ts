// KEYS: counters. ARGV: milliseconds to live, then a new token for each counter. Answers their tokens.
import type { Script } from "./script.ts";

export const readCountersScript: Script = {
  whenFull: true,
  text: `
local tokens = {}
for i = 1, #KEYS do
  local token = redis.call('GET', key(i))
  if not token then
    token = ARGV[i + 1]
    redis.call('SET', key(i), token, 'PX', ARGV[1])
  elseif redis.call('PTTL', key(i)) * 2 < tonumber(ARGV[1]) then
    redis.call('PEXPIRE', key(i), ARGV[1])
  end
  tokens[i] = token
end
return tokens
`,
};
