// What can go wrong when a gateway is asked something from the command line.
import { faultTable } from "../schema/product/fault.ts";

export const explaining = faultTable({
  FILE_UNREADABLE: {
    status: 400,
    audience: "caller",
    text: ({ file, problem }: { file: string; problem: string }) => `${file} cannot be read: ${problem}.`,
    remedy: "Name a file of a GraphQL document; variables are a JSON object.",
  },
  GATEWAY_UNREACHABLE: {
    status: 503,
    audience: "caller",
    text: ({ url, problem }: { url: string; problem: string }) => `No gateway answers at ${url}: ${problem}.`,
    remedy: "Start it (`weft up`), or name its address with `--url` or, of `weft invalidate`, `--gateway`.",
  },
});
