// One question on its way to a subgraph: it waits for its turn, is sent, perhaps again, and lands at all who joined it.
import type { Signal } from "../../schema/product/ending.ts";
import type { Fault } from "../../schema/product/fault.ts";
import type { Visibility } from "../policy/visibility.ts";
import type { Permit, Verdict } from "./breaker.ts";
import { Exchange, type ExchangeListener, type Outcome } from "./exchange.ts";
import { fetching } from "./fetching-faults.ts";
import type { Lane } from "./lane.ts";
import type { Waiter } from "./limit.ts";
import { Passenger } from "./passenger.ts";
import { readAnswer, type SubgraphAnswer } from "./read-answer.ts";
import { requestHeaders } from "./request-headers.ts";
import { isPassing, retryWait } from "./retry-wait.ts";

export type SubgraphRequest = {
  /** A query may be shared and sent again; a mutation is sent once. */
  readonly kind: "query" | "mutation";
  /** The JSON text to POST. */
  readonly body: string;
};

/** Where it is. A turn is held while it is sent, and until the connection is free. */
type Stage =
  | { readonly kind: "waiting" }
  | { readonly kind: "sent"; readonly exchange: Exchange }
  | { readonly kind: "resting"; readonly timer: NodeJS.Timeout }
  | { readonly kind: "landed" };

const waiting: Stage = { kind: "waiting" };
const landed: Stage = { kind: "landed" };

/** A class for its cost, as `Exchange` is. Nothing in it is asynchronous: each stage calls the next. */
export class Flight implements Waiter, ExchangeListener {
  private readonly lane: Lane;
  private readonly request: SubgraphRequest;
  private readonly visibility: Visibility;
  private readonly scope: string;
  private readonly startedMs: number;
  private readonly passengers: Passenger[] = [];
  private stage: Stage = waiting;
  private permit: Permit | undefined;
  private retries = 0;
  private readonly heard: ((bytes: number, text: string) => void)[] = [];

  /** `scope`: who may share it. */
  constructor(lane: Lane, request: SubgraphRequest, visibility: Visibility, scope: string) {
    this.lane = lane;
    this.request = request;
    this.visibility = visibility;
    this.scope = scope;
    this.startedMs = lane.now();
  }

  /** The answer for one more caller, in objects of its own. When all have left, the flight is given up. */
  join(signal: Signal, heard?: (bytes: number, text: string) => void): Promise<SubgraphAnswer> {
    return new Promise((resolve, reject) => {
      this.passengers.push(new Passenger(this.lane, this, signal, resolve, reject));
      if (heard) this.heard.push(heard);
    });
  }

  start(): void {
    const { lane } = this;
    const againInMs = lane.breaker.closedForMs();
    if (againInMs > 0) this.refuse(fetching.SUBGRAPH_SUSPENDED({ subgraph: lane.name, againInMs }));
    else this.enter();
  }

  admitted(): void {
    if (this.stage.kind === "landed") this.lane.limit.leave();
    else this.send();
  }

  ended(outcome: Outcome): void {
    const { lane } = this;
    this.settle(verdictOn(outcome));
    const waitMs = this.retryWait(outcome);
    if (waitMs === undefined) {
      this.land(outcome);
      return;
    }
    this.retries++;
    this.stage = { kind: "resting", timer: setTimeout(sendAgain, waitMs, this) };
    lane.resting.add(this);
    const status = outcome.kind === "answered" ? outcome.status : undefined;
    lane.observe({ kind: "subgraph.retried", subgraph: lane.name, status, waitMs });
  }

  released(): void {
    this.lane.limit.leave();
  }

  /** After the rest between two tries. */
  again(): void {
    this.lane.resting.delete(this);
    this.stage = waiting;
    this.enter();
  }

  /** One caller has no use for it any more, for `fault`. */
  left(passenger: Passenger, fault: Fault): void {
    this.passengers.splice(this.passengers.indexOf(passenger), 1);
    if (this.passengers.length > 0) return;
    const { stage } = this;
    this.finish();
    if (stage.kind === "sent") {
      this.settle("undecided");
      stage.exchange.cancel();
    }
    this.report(fault);
  }

  /** For one that is not sent: there is nothing any more to send it by. */
  close(cause: unknown): void {
    this.land({ kind: "unreachable", cause });
  }

  private enter(): void {
    const { limit, name, options } = this.lane;
    const { requestsMax, queueMax } = options;
    const entered = limit.enter(this);
    if (entered === "in") this.send();
    else if (entered === "full")
      this.refuse(fetching.SUBGRAPH_BUSY({ subgraph: name, requestsMax, queueMax }));
  }

  private send(): void {
    const { lane } = this;
    this.permit = lane.breaker.admit();
    if (this.permit === undefined) {
      lane.limit.leave();
      const againInMs = lane.breaker.closedForMs();
      this.refuse(fetching.SUBGRAPH_SUSPENDED({ subgraph: lane.name, againInMs }));
      return;
    }
    if (this.retries === 0) lane.budget.earn();
    const exchange = new Exchange(lane.now, lane.options, this);
    this.stage = { kind: "sent", exchange };
    lane.pool.dispatch(
      {
        method: "POST",
        path: lane.path,
        headers: requestHeaders(this.visibility),
        body: this.request.body,
      },
      exchange,
    );
  }

  private retryWait(outcome: Outcome): number | undefined {
    const { lane, retries } = this;
    const { options, breaker, budget } = lane;
    if (this.request.kind !== "query" || !isPassing(outcome) || lane.closed) return undefined;
    if (retries >= options.retriesMax || breaker.closedForMs() > 0) return undefined;
    const waitMs = retryWait(lane, outcome, retries, options);
    return waitMs !== undefined && budget.spend() ? waitMs : undefined;
  }

  private settle(verdict: Verdict): void {
    if (this.permit === undefined) return;
    this.lane.breaker.settle(this.permit, verdict);
    this.permit = undefined;
  }

  /** Each caller reads the answer by itself: they will write into it. */
  private land(outcome: Outcome): void {
    const { lane, passengers } = this;
    const callers = passengers.length;
    this.finish();
    if (outcome.kind !== "answered") {
      const fault = this.faultOf(outcome);
      for (const passenger of passengers) passenger.fail(fault);
      this.report(fault);
      return;
    }
    // Let go of, as passengers let go of their promises: what hears may hold the whole answer.
    for (const heard of this.heard.splice(0)) heard(outcome.bytes, outcome.text);
    let fault: Fault | undefined;
    for (const passenger of passengers) {
      try {
        passenger.arrive(readAnswer(lane.name, outcome.status, outcome.text));
      } catch (cause) {
        fault = cause as Fault;
        passenger.fail(fault);
      }
    }
    if (fault) this.report(fault);
    else {
      const { bytes } = outcome;
      lane.observe({ kind: "subgraph.answered", subgraph: lane.name, tookMs: this.tookMs(), bytes, callers });
    }
  }

  private refuse(fault: Fault): void {
    this.finish();
    for (const passenger of this.passengers) passenger.fail(fault);
    this.lane.observe({ kind: "subgraph.refused", subgraph: this.lane.name, fault });
  }

  private finish(): void {
    const { lane, request, stage } = this;
    this.stage = landed;
    if (stage.kind === "waiting") lane.limit.withdraw(this);
    else if (stage.kind === "resting") {
      clearTimeout(stage.timer);
      lane.resting.delete(this);
    }
    if (request.kind === "query") lane.flights.remove(this.scope, request.body, this);
    else lane.flights.seal();
  }

  private faultOf(outcome: Exclude<Outcome, { readonly kind: "answered" }>): Fault {
    const { name: subgraph, options } = this.lane;
    switch (outcome.kind) {
      case "unreachable":
        return fetching.SUBGRAPH_UNREACHABLE({ subgraph }, outcome.cause);
      case "timeout":
        return fetching.SUBGRAPH_TIMEOUT({ subgraph, waitedMs: this.tookMs() });
      case "too large":
        return fetching.SUBGRAPH_ANSWER_MAX({ subgraph, answerBytesMax: options.answerBytesMax });
    }
  }

  private report(fault: Fault): void {
    const { observe, name } = this.lane;
    observe({ kind: "subgraph.failed", subgraph: name, tookMs: this.tookMs(), fault });
  }

  private tookMs(): number {
    return Math.round(this.lane.now() - this.startedMs);
  }
}

function sendAgain(flight: Flight): void {
  flight.again();
}

/** A subgraph that speaks is well, whatever it says, unless a proxy speaks in its place. */
function verdictOn(outcome: Outcome): Verdict {
  if (outcome.kind === "too large") return "well";
  if (outcome.kind !== "answered") return "failed";
  return isPassing(outcome) && outcome.status !== 429 ? "failed" : "well";
}
