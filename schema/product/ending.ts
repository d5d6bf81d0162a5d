// Tells that work is to end: what is used of the platform's signals, and a signal of our own. Each request has one, and many that
// listen to it: Node's is dear (docs/decisions/0008-asking-subgraphs.md).

export type EndListener = (() => void) | { readonly handleEvent: () => void };

/** An `AbortSignal`, or an `Ending`. */
export type Signal = {
  readonly aborted: boolean;
  readonly reason: unknown;
  readonly throwIfAborted: () => void;
  readonly addEventListener: (
    type: "abort",
    listener: EndListener,
    options?: { readonly once: true },
  ) => void;
  readonly removeEventListener: (type: "abort", listener: EndListener) => void;
};

/** A controller and its signal in one. A class for its cost. Listeners do not throw; each is called once at most. */
export class Ending implements Signal {
  aborted = false;
  reason: unknown = undefined;
  private readonly listeners: EndListener[] = [];

  /** Once; what comes later changes nothing. */
  abort(reason: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    // One by one: each may take others off the list.
    for (let next = this.listeners.shift(); next; next = this.listeners.shift())
      if (typeof next === "function") next();
      else next.handleEvent();
  }

  throwIfAborted(): void {
    if (this.aborted) throw this.reason;
  }

  addEventListener(_type: "abort", listener: EndListener): void {
    if (!this.aborted) this.listeners.push(listener);
  }

  removeEventListener(_type: "abort", listener: EndListener): void {
    const place = this.listeners.lastIndexOf(listener);
    if (place >= 0) this.listeners.splice(place, 1);
  }
}

/** Resolves after `ms`; rejects with the signal's reason where that ends first. */
export function rest(ms: number, { signal }: { readonly signal: Signal }): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const end = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", end);
      resolve();
    }, ms);
    signal.addEventListener("abort", end, { once: true });
  });
}

/** For what takes the platform's alone. */
export function toAbortSignal(signal: Signal): AbortSignal {
  if (signal instanceof AbortSignal) return signal;
  const controller = new AbortController();
  const abort = () => controller.abort(signal.reason);
  if (signal.aborted) abort();
  else signal.addEventListener("abort", abort);
  return controller.signal;
}
