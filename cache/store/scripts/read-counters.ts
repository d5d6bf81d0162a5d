// KEYS: counters. ARGV: milliseconds to live, then a new token for each counter. Answers their tokens.
import type { Script } from "./script.ts";

/** `counter(i, token, liveMs)`: the token of the counter that is key i; one that is missing becomes `token`. */
export const counterLua = `
local function counter(i, token, liveMs)
  local known = redis.call('GET', key(i))
  if not known then
    redis.call('SET', key(i), token, 'PX', liveMs)
    return token
  end
  if redis.call('PTTL', key(i)) * 2 < tonumber(liveMs) then redis.call('PEXPIRE', key(i), liveMs) end
  return known
end
`;

export const readCountersScript: Script = {
  whenFull: true,
  text: `${counterLua}
local tokens = {}
for i = 1, #KEYS do tokens[i] = counter(i, ARGV[i + 1], ARGV[1]) end
return tokens
`,
};
