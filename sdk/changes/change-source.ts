// Where change events wait until they are delivered, and what came of a delivery.
import type { ChangeEvent } from "../../schema/product/change-event.ts";
import type { Fault } from "../../schema/product/fault.ts";

export type ChangeSource = {
  /** Who the events are kept for: each consumer has a cursor of its own. */
  readonly consumer: string;
  /** Resolves once this follower leads: of several on one cursor the others wait. Rejects once the signal aborts. */
  readonly open: (options: { readonly signal: AbortSignal }) => Promise<ChangeSession>;
};

/** The leading follower's hold on a source. Every call rejects once the hold is lost. */
export type ChangeSession = AsyncDisposable & {
  /** What comes after the cursor, by sequence; empty where all is delivered. */
  readonly read: (limits: { readonly eventsMax: number }) => Promise<readonly ChangeEvent[]>;
  /** Moves the cursor onto this sequence: what is up to there was delivered. */
  readonly acknowledge: (sequence: string) => Promise<void>;
  /** Resolves when there may be more to read, after `withinMs`, or once the signal aborts. */
  readonly changed: (withinMs: number, options: { readonly signal: AbortSignal }) => Promise<void>;
};

export type Delivery =
  /** All that had to acknowledge did. */
  | { readonly kind: "taken" }
  /** It may go better soon; `afterMs` where the receiver said when. */
  | { readonly kind: "later"; readonly fault: Fault; readonly afterMs: number | undefined }
  /** It will not go better until somebody mends it. */
  | { readonly kind: "refused"; readonly fault: Fault };

/** Delivers events of one product, in order. The same may come again. Does not reject. */
export type Deliver = (
  events: readonly ChangeEvent[],
  options: { readonly signal: AbortSignal },
) => Promise<Delivery>;

export type ChangesEvent =
  /** This follower leads: it delivers, others on the same cursor wait. */
  | { readonly kind: "changes.leading"; readonly consumer: string }
  | {
      readonly kind: "changes.delivered";
      readonly consumer: string;
      readonly events: number;
      /** Sequence of the last one. */
      readonly last: string;
      readonly tookMs: number;
    }
  | {
      readonly kind: "changes.delayed" | "changes.refused" | "changes.source_lost";
      readonly consumer: string;
      readonly fault: Fault;
      /** Time until it is tried again, in milliseconds. */
      readonly againInMs: number;
    };

export type ObserveChanges = (event: ChangesEvent) => void;
