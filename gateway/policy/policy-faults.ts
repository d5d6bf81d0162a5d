// What policy refuses.
import { faultTable } from "../../schema/product/fault.ts";

export const policing = faultTable({
  MUTATIONS_OFF: {
    status: 403,
    audience: "caller",
    text: () => "This mesh is read-only: mutations are off.",
    remedy: "Ask a query; the operator can set `operation.mutations`.",
  },
});
