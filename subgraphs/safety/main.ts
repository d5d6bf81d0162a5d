// Serves the product on PORT, or on the port that the demo mesh knows it by.
import { serve } from "weft/sdk";
import { safety } from "./product.ts";

await serve(safety, { port: Number(process.env.PORT ?? 4004) });
