// A process of its own for one domain of the trading mesh: `port-process.ts DOMAIN SCALE`.
import { strict as assert } from "node:assert";
import { serve } from "weft/sdk";
import { tradeProducts } from "./trade-products.ts";
import type { Scale, TradeDomain } from "./trade-tables.ts";

const [domain, scale] = process.argv.slice(2) as [TradeDomain, string];
const product = tradeProducts(Number(scale) as Scale)[domain];
assert(product, `${domain} is a domain`);
await serve(product, { port: 0 });
