// What can be wrong with an operation as a whole.
import { faultTable } from "../../schema/product/fault.ts";

export const operating = faultTable({
  TOKENS_MAX: {
    status: 400,
    audience: "caller",
    text: ({ tokensMax }: { tokensMax: number }) => `The document has more than ${tokensMax} tokens.`,
    remedy: "Move long lists of values into variables, or raise `operation.tokensMax`.",
  },
  SUBSCRIPTION_NOT_YET: {
    status: 400,
    audience: "caller",
    text: () => "Subscriptions are not answered yet.",
    remedy: "Ask a query instead.",
  },
});
