// Serves the product on PORT, or on the port that the demo mesh knows it by.
import { serve } from "weft/sdk";
import { places } from "./product.ts";

await serve(places, { port: Number(process.env.PORT ?? 4003) });
