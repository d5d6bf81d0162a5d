// What can be wrong with `weft invalidate` before the gateway is asked.
import { faultTable } from "../schema/product/fault.ts";

export const invalidating = faultTable({
  INVALIDATE_WHAT: {
    status: 400,
    audience: "caller",
    text: ({ problem }: { problem: string }) => `It is not said what is to be forgotten: ${problem}.`,
    remedy:
      "Give `--all`, or `--product ID`, or `--product ID --entity NAME --key JSON` with a key or several.",
  },
  SECRET_UNUSABLE: {
    status: 400,
    audience: "caller",
    text: ({ from, problem }: { from: string; problem: string }) =>
      `There is no secret in ${from}: ${problem}.`,
    remedy:
      "Give one of the gateway's `events.secrets`, `whsec_` and base64, by --secret-file or WEFT_EVENTS_SECRET.",
  },
});
