// Serves the product on PORT, or on the port that the demo mesh knows it by.
import { serve } from "weft/sdk";
import { airports } from "./product.ts";

await serve(airports, { port: Number(process.env.PORT ?? 4002) });
