// What can go wrong where answers are shared and remembered, as callers are told.
import { faultTable } from "../../schema/product/fault.ts";

export const remembering = faultTable({
  SHARED_ANSWER_TIMEOUT: {
    status: 504,
    audience: "caller",
    text: ({ waitedMs }: { waitedMs: number }) =>
      `The time was up after ${waitedMs} ms, while an equal question was being answered.`,
    remedy: "Ask again, or raise `server.deadlineMs`.",
  },
});
