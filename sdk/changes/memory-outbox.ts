// An outbox in memory, numbered by a counter of the caller's: an event is kept once it was delivered.
import type { ChangeEvent } from "../../schema/product/change-event.ts";
import { announcing } from "./changes-faults.ts";
import type { Outbox } from "./outbox.ts";

export type MemoryOptions = {
  readonly product: string;
  readonly nextSequence: () => Promise<string>;
  readonly eventsMax: number;
};

type Waiting = { readonly deliver: () => void; readonly drop: (fault: Error) => void };

export function memoryOutbox({ product, nextSequence, eventsMax }: MemoryOptions): Outbox {
  const pending: ChangeEvent[] = [];
  const waiting: Waiting[] = [];
  return {
    pending,
    next: async () => {
      if (pending.length >= eventsMax) throw announcing.OUTBOX_MAX({ product, held: `${eventsMax} events` });
      return nextSequence();
    },
    append: async (event) => {
      pending.push(event);
      const kept = new Promise<void>((deliver, drop) => {
        waiting.push({ deliver, drop });
      });
      return { kept };
    },
    acknowledge: async (sequence) => {
      while (pending[0] && BigInt(pending[0].sequence) <= BigInt(sequence)) {
        pending.shift();
        waiting.shift()?.deliver();
      }
    },
    [Symbol.asyncDispose]: async () => {
      for (const { drop } of waiting.splice(0)) drop(announcing.CHANGES_ENDED({ product }));
    },
  };
}
