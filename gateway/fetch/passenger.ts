// One caller of a flight: it gets the answer or its failure, unless its own signal ends first.
import type { Signal } from "../../schema/product/ending.ts";
import type { Fault } from "../../schema/product/fault.ts";
import { fetching } from "./fetching-faults.ts";
import type { SubgraphAnswer } from "./read-answer.ts";

/**
 * A class for its cost: the listener of the signal is the object itself.
 *
 * It lets go of its promise as it settles it. A connection and its timers are old objects that remember their last
 * request for a while; through it they would keep the whole answer, so that it outlives the young generation and has to be
 * copied and marked.
 */
export class Passenger {
  private readonly lane: { readonly name: string; readonly now: () => number };
  private readonly flight: { readonly left: (passenger: Passenger, fault: Fault) => void };
  private readonly signal: Signal;
  private resolve: ((answer: SubgraphAnswer) => void) | undefined;
  private reject: ((fault: Fault) => void) | undefined;
  private readonly joinedMs: number;

  constructor(
    lane: Passenger["lane"],
    flight: Passenger["flight"],
    signal: Signal,
    resolve: (answer: SubgraphAnswer) => void,
    reject: (fault: Fault) => void,
  ) {
    this.lane = lane;
    this.flight = flight;
    this.signal = signal;
    this.resolve = resolve;
    this.reject = reject;
    this.joinedMs = lane.now();
    signal.addEventListener("abort", this);
  }

  arrive(answer: SubgraphAnswer): void {
    const resolve = this.resolve;
    this.leave();
    resolve?.(answer);
  }

  fail(fault: Fault): void {
    const reject = this.reject;
    this.leave();
    reject?.(fault);
  }

  private leave(): void {
    this.signal.removeEventListener("abort", this);
    this.resolve = this.reject = undefined;
  }

  /** The signal's end. */
  handleEvent(): void {
    const waitedMs = Math.round(this.lane.now() - this.joinedMs);
    const fault = endedBy(this.signal, this.lane.name, waitedMs);
    this.fail(fault);
    this.flight.left(this, fault);
  }
}

/** The fault of a signal that ended: its time was up where the reason is a TimeoutError, else the caller went away. */
export function endedBy({ reason }: Signal, subgraph: string, waitedMs: number): Fault {
  const timeUp = reason instanceof Error && reason.name === "TimeoutError";
  return timeUp
    ? fetching.OPERATION_TIMEOUT({ subgraph, waitedMs }, reason)
    : fetching.CALLER_GONE({ subgraph, waitedMs }, reason);
}
