// What of a valid question can't be planned.
import { faultTable } from "../../schema/product/fault.ts";

export const planning = faultTable({
  NESTED_AGGREGATE_UNANSWERED: {
    status: 400,
    audience: "caller",
    text: ({ collection }: { collection: string }) =>
      `The owner of ${collection} does not answer all operators of this question, and an aggregate beneath an object is his alone.`,
    remedy: "Ask for groups at the root, by the key of the reference.",
  },
});
