// What can be wrong with the URL of a product that is registered.
import { faultTable } from "../product/fault.ts";

export const addressing = faultTable({
  URL_REFUSED: {
    status: 400,
    audience: "operator",
    text: ({ url, problem }: { url: string; problem: string }) => `${url} cannot be registered: ${problem}.`,
    remedy:
      "Give an http or https URL of the port that the gateway may reach; `registry.allow` of the mesh says which kinds of addresses are.",
  },
});
