// A script, and what every script begins with: the epoch, asked of the server that runs it, and its clock.

export type Script = {
  /** Whether it runs where Redis has no room: what only reads, renews or unlinks does; what stores does not. */
  readonly whenFull: boolean;
  readonly text: string;
};

/**
 * Names come without the epoch, in `KEYS`, so that they are routed by their hash tag; the script puts the epoch of the very
 * server that runs it before each. So no client can use the epoch of another server, whatever failed over or moved while
 * its command was on the way. The epoch is the server's `run_id`, new with each start; its replication id, new each time
 * it becomes the master (one that was a replica for a while has its old keys again, and missed what others invalidated);
 * and in a Cluster the shard's configuration epoch, which rises each time slots move. As the scripts are not declared
 * read-only, a replica refuses them all, and so does a master that lacks the replicas which `min-replicas-to-write`
 * asks for.
 */
const prelude = `
local server = redis.call('INFO', 'server', 'replication')
local epoch = string.match(server, 'run_id:(%x+)') .. '.' .. string.match(server, 'master_replid:(%x+)')
if string.find(server, 'redis_mode:cluster', 1, true) then
  epoch = epoch .. '.' .. string.match(redis.call('CLUSTER', 'INFO'), 'cluster_my_epoch:(%d+)')
end
local function key(i) return epoch .. ':' .. KEYS[i] end
local time = redis.call('TIME')
local atMs = time[1] * 1000 + math.floor(time[2] / 1000)
`;

/** The whole text, as the server gets it. */
export function scriptText({ whenFull, text }: Script): string {
  return `#!lua${whenFull ? " flags=allow-oom" : ""}${prelude}${text}`;
}
