// KEYS: the product's sequence, its counter, its counter of the whole, its changes. ARGV: milliseconds to live, the sequence number,
// the one before it, "whole" or "keys", a new token for each counter, how many changes are kept (0 = this one can't be), its line
// but for the token before it. Answers "product" or "keys".
import type { Script } from "./script.ts";

/** Sequence numbers are compared as text: they may be larger than a number of Lua is exact. */
export const markChangeScript: Script = {
  whenFull: true,
  text: `
local last = redis.call('GET', key(1))
local known = last and (#last > #ARGV[2] or (#last == #ARGV[2] and last >= ARGV[2]))
local gap = not known and last ~= ARGV[3]
local scope = 'keys'
local from = redis.call('GET', key(2))
redis.call('SET', key(2), ARGV[5], 'PX', ARGV[1])
if gap or ARGV[4] == 'whole' then
  scope = 'product'
  redis.call('SET', key(3), ARGV[6], 'PX', ARGV[1])
end
if not from or scope == 'product' or ARGV[7] == '0' then
  redis.call('UNLINK', key(4))
else
  redis.call('RPUSH', key(4), from .. ARGV[8])
  redis.call('LTRIM', key(4), -ARGV[7], -1)
  redis.call('PEXPIRE', key(4), ARGV[1])
end
if known then redis.call('PEXPIRE', key(1), ARGV[1]) else redis.call('SET', key(1), ARGV[2], 'PX', ARGV[1]) end
return scope
`,
};
