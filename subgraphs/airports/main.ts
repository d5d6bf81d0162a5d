// Serves the product on HOST and PORT, or where the demo mesh expects it; from PostgreSQL where WEFT_POSTGRES names one.
import { postgres, serve } from "weft/sdk";
import { airports } from "./product.ts";

const { HOST: host = "127.0.0.1", PORT: port = "4002", WEFT_POSTGRES: url } = process.env;
const engine = url ? { engine: postgres({ url, schema: airports.id }) } : {};
await serve(airports, { host, port: Number(port), ...engine });
