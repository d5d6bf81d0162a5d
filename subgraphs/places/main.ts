// Serves the product on HOST and PORT, or where the demo mesh expects it.
import { serve } from "weft/sdk";
import { places } from "./product.ts";

const { HOST: host = "127.0.0.1", PORT: port = "4003" } = process.env;
await serve(places, { host, port: Number(port) });
