// What holds the events of a source without a database until they are delivered. Its calls come one after the other.
import type { ChangeEvent } from "../../schema/product/change-event.ts";

export type Outbox = AsyncDisposable & {
  /** What was not acknowledged, oldest first. */
  readonly pending: readonly ChangeEvent[];
  /** The sequence of the next event. @throws announcing.OUTBOX_MAX */
  readonly next: () => Promise<string>;
  /** `kept` resolves when the event cannot be lost any more. @throws announcing.OUTBOX_MAX */
  readonly append: (event: ChangeEvent) => Promise<{ readonly kept: Promise<void> }>;
  /** All up to this sequence was delivered. */
  readonly acknowledge: (sequence: string) => Promise<void>;
};
