// serve.js: the product as a process of its own.

/** `port` = where it listens unless PORT says otherwise. */
export function serveModule(port: number): string {
  return `// Serves the product on HOST and PORT, until it is asked to end.
// @ts-check
import { serve } from "weft/sdk";
import { product } from "./product.js";

const { HOST: host = "127.0.0.1", PORT: port = "${port}" } = process.env;
await serve(product, { host, port: Number(port) });
`;
}
