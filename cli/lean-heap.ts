// Tells V8 how the heap of a gateway is best kept: what a request makes is garbage when it ends.
import { availableParallelism } from "node:os";
import { setFlagsFromString } from "node:v8";

/** Up to so many cores the collector is left to the thread that makes the garbage. */
const fewCoresMax = 2;

/**
 * Before anything is loaded. By itself V8 lets a busy heap grow to four times its use: the old generation is collected when it
 * has grown by half. The nursery is left to grow: kept as small as it starts, it made deep answers dearer and saved nothing
 * under load.
 */
setFlagsFromString("--heap-growing-percent=50");

/**
 * On few cores the collector's helpers take the time that they save from the event loop itself: without them a deep question costs
 * less, and a remembered one that has to be made again still less.
 */
if (availableParallelism() <= fewCoresMax) setFlagsFromString("--no-parallel-scavenge");

/**
 * For a gateway that remembers. It holds much, so that half again is used up before a collection has ended, and the next would
 * follow at once: it gets as much again. Arrays outlive a collection while an answer is written to the cache; V8 learns from it to
 * make such arrays in the old generation from the start, where they keep whole answers of requests that ended long ago, and a deep
 * answer that nobody asks twice was dearer. A gateway without a cache is the faster for what V8 learns.
 */
export function leaveRoomToRemember(): void {
  setFlagsFromString("--heap-growing-percent=100");
  setFlagsFromString("--no-allocation-site-pretenuring");
}
