// What policy refuses.
import { faultTable } from "../../schema/product/fault.ts";

export const policing = faultTable({
  EXPLAIN_OFF: {
    status: 403,
    audience: "caller",
    text: () => "This mesh does not explain its plans.",
    remedy: "Leave `extensions.explain` out, or set `operation.explain`.",
  },
  OPERATION_NOT_REGISTERED: {
    status: 403,
    audience: "caller",
    text: () => "This mesh answers registered operations alone, and this is none of them.",
    remedy:
      "Ask a registered one, by its text or its hash; the operator registers more in `operation.registered`, or unsets `operation.registeredOnly`.",
  },
  MUTATIONS_OFF: {
    status: 403,
    audience: "caller",
    text: () => "This mesh is read-only: mutations are off.",
    remedy: "Ask a query; the operator can set `operation.mutations`.",
  },
});
