// What can keep `weft dev` from running a product.
import { faultTable } from "../../schema/product/fault.ts";

export const developing = faultTable({
  DEV_WITHOUT_RUN: {
    status: 400,
    audience: "caller",
    text: ({ file }: { file: string }) => `${file} says not what serves the port.`,
    remedy: "Add `run: serve.js`, a file that listens at HOST and PORT of its environment.",
  },
  DEV_PORT_TAKEN: {
    status: 400,
    audience: "caller",
    text: ({ url, problem }: { url: string; problem: string }) => `Nothing can listen at ${url}: ${problem}.`,
    remedy: "End what listens there, or change `url` of weft.yaml.",
  },
});
