// What can be wrong with a request to the admin listener.
import { faultTable } from "../../schema/product/fault.ts";

export const administering = faultTable({
  ADMIN_LIMIT: {
    status: 400,
    audience: "caller",
    text: ({ limit, edgesMax }: { limit: string; edgesMax: number }) =>
      `limit=${limit} is no whole number from 1 to ${edgesMax}.`,
    remedy: "Ask for fewer, or raise `admin.edgesMax`.",
  },
});
