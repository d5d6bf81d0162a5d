// One HTTP request to a subgraph and its answer: a handler of undici's dispatcher, without streams, bounded in time and bytes.
import type { Dispatcher } from "undici";

export type Outcome =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly text: string;
      readonly bytes: number;
      /** The header as it came, where the status lets one expect it. */
      readonly retryAfter: string | undefined;
    }
  | { readonly kind: "unreachable"; readonly cause: unknown }
  | { readonly kind: "timeout" }
  | { readonly kind: "too large" };

export type ExchangeLimits = {
  readonly connectTimeoutMs: number;
  readonly headersTimeoutMs: number;
  readonly answerTimeoutMs: number;
  readonly answerBytesMax: number;
};

export type ExchangeListener = {
  /** Once, unless it was cancelled. */
  readonly ended: (outcome: Outcome) => void;
  /** Once, when the connection is free or gone; with or after the end. */
  readonly released: () => void;
};

type Phase = "connecting" | "asked" | "answering" | "over";

/**
 * A class for its cost: its methods are made once, not once a request. undici's own `request` makes a stream and a
 * controller for every answer. These are the dispatcher's handler methods of undici 5 to 7 (it calls those of
 * its newer kind through a wrapper that reads every header).
 *
 * One timer looks after all three limits of time: it is set for the first and, if that has been kept, set again
 * for what is left of the next. Most requests end before it is ever due.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  private readonly now: () => number;
  private readonly limits: ExchangeLimits;
  private readonly listener: ExchangeListener;
  private readonly startedMs: number;
  private phase: Phase = "connecting";
  private timer: NodeJS.Timeout;
  private abort: (() => void) | undefined;
  private status = 0;
  private retryAfter: string | undefined;
  private bytes = 0;
  private chunk: Buffer | undefined;
  private more: Buffer[] | undefined;
  private free = false;

  constructor(now: () => number, limits: ExchangeLimits, listener: ExchangeListener) {
    this.now = now;
    this.limits = limits;
    this.listener = listener;
    this.startedMs = now();
    this.timer = setTimeout(examineSoon, this.allowedMs(), this);
  }

  /** Gives it up: the connection is closed, and the end is not told. */
  cancel(): void {
    if (this.phase === "over") return;
    this.finish();
    this.abort?.();
  }

  onConnect(abort: () => void): void {
    if (this.phase === "over") {
      abort(); // given up while it was connecting
      return;
    }
    this.phase = "asked";
    this.abort = abort;
  }

  onHeaders(status: number, headers: Buffer[]): boolean {
    if (status < 200) return true;
    this.status = status;
    this.phase = "answering";
    if (status === 429 || status >= 500) this.retryAfter = headerOf(headers, "retry-after");
    return true;
  }

  onData(chunk: Buffer): boolean {
    this.bytes += chunk.length;
    if (this.bytes > this.limits.answerBytesMax) {
      this.end({ kind: "too large" });
      this.abort?.();
      return false;
    }
    if (!this.chunk) this.chunk = chunk;
    else if (!this.more) this.more = [this.chunk, chunk];
    else this.more.push(chunk);
    return true;
  }

  onComplete(): void {
    this.end({
      kind: "answered",
      status: this.status,
      text: this.text(),
      bytes: this.bytes,
      retryAfter: this.retryAfter,
    });
    this.release();
  }

  onError(cause: Error): void {
    this.end({ kind: "unreachable", cause });
    this.release();
  }

  /** Is the time of the present phase up? */
  examine(): void {
    if (this.phase === "over") return;
    const leftMs = this.startedMs + this.allowedMs() - this.now();
    if (leftMs >= 1) {
      this.timer = setTimeout(examineSoon, Math.ceil(leftMs), this);
      return;
    }
    const { connectTimeoutMs } = this.limits;
    this.end(
      this.phase === "connecting"
        ? { kind: "unreachable", cause: new Error(`no connection within ${connectTimeoutMs} ms`) }
        : { kind: "timeout" },
    );
    this.abort?.();
  }

  /** Until when the present phase may last, from the start on. */
  private allowedMs(): number {
    const { connectTimeoutMs, headersTimeoutMs, answerTimeoutMs } = this.limits;
    if (this.phase === "answering") return answerTimeoutMs;
    const askedMs = Math.min(headersTimeoutMs, answerTimeoutMs);
    return this.phase === "asked" ? askedMs : Math.min(connectTimeoutMs, askedMs);
  }

  private text(): string {
    const bytes = this.more ? Buffer.concat(this.more, this.bytes) : this.chunk;
    const text = bytes?.toString() ?? "";
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text; // JSON has no byte order mark, some servers do
  }

  private end(outcome: Outcome): void {
    if (this.phase === "over") return;
    this.finish();
    this.listener.ended(outcome);
  }

  private finish(): void {
    this.phase = "over";
    clearTimeout(this.timer);
    this.chunk = this.more = undefined;
  }

  private release(): void {
    if (this.free) return;
    this.free = true;
    this.listener.released();
  }
}

/** After a look at the sockets: where the process was held up, what is late is the timer and not the answer. */
function examineSoon(exchange: Exchange): void {
  setImmediate(() => exchange.examine());
}

function headerOf(headers: readonly Buffer[], name: string): string | undefined {
  for (let i = 0; i + 1 < headers.length; i += 2)
    if (headers[i]?.length === name.length && headers[i]?.toString("latin1").toLowerCase() === name)
      return headers[i + 1]?.toString("latin1");
  return undefined;
}
