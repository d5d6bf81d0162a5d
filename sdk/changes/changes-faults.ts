// What can go wrong while a product tells gateways of its changes.
import { faultTable } from "../../schema/product/fault.ts";

type Of = { readonly product: string; readonly problem: string };

export const announcing = faultTable({
  CHANGES_DEFINITION: {
    status: 500,
    audience: "operator",
    text: ({ product, problem }: Of) => `Product ${product}, its changes: ${problem}.`,
    remedy: "Correct what is given as `changes`, or in WEFT_GATEWAYS or WEFT_EVENTS_SECRET.",
  },
  CHANGES_NOT_INSTALLED: {
    status: 500,
    audience: "operator",
    text: ({ product, problem }: Of) =>
      `Product ${product}: its outbox and triggers could not be made: ${problem}.`,
    remedy: "Install as the owner of the tables, or run the printed SQL in a migration.",
  },
  CHANGES_UNREADABLE: {
    status: 503,
    audience: "operator",
    text: ({ product, problem }: Of) => `Product ${product}: its outbox cannot be read: ${problem}.`,
    remedy: "Nothing is lost: it is tried again. See to the database, or to the outbox's folder.",
  },
  EVENTS_NOT_TAKEN: {
    status: 503,
    audience: "operator",
    text: ({ gateway, problem }: { gateway: string; problem: string }) =>
      `The gateway at ${gateway} did not take change events: ${problem}.`,
    remedy: "Nothing is lost: they are sent again. Start it, or correct its address.",
  },
  EVENTS_REFUSED: {
    status: 502,
    audience: "operator",
    text: ({ gateway, answered }: { gateway: string; answered: number }) =>
      `The gateway at ${gateway} refuses change events with status ${answered}.`,
    remedy:
      "Give both sides one secret, and the gateway's own address; until then they wait, and are sent again now and then.",
  },
  OUTBOX_MAX: {
    status: 503,
    audience: "operator",
    text: ({ product, held }: { product: string; held: string }) =>
      `Product ${product}: its outbox holds ${held}, and nobody takes them.`,
    remedy: "See why the gateways do not, or raise the outbox's limit.",
  },
  OUTBOX_LOCKED: {
    status: 503,
    audience: "operator",
    text: ({
      product,
      directory,
      pid = "unknown",
    }: {
      product: string;
      directory: string;
      pid?: number | "unknown" | undefined;
    }) => `Product ${product}: the outbox's folder ${directory} is used by another process (pid ${pid}).`,
    remedy: "End that process first, or give this one a folder of its own.",
  },
  CHANGES_ENDED: {
    status: 503,
    audience: "operator",
    text: ({ product }: { product: string }) =>
      `Product ${product}: the feed was ended before this change was delivered.`,
    remedy:
      "Tell of the change again. Gateways take the gap that it leaves for a change of the whole product.",
  },
});
