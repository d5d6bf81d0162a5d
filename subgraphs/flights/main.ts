// Serves the product on PORT, or on the port that the demo mesh knows it by.
import { serve } from "weft/sdk";
import { flights } from "./product.ts";

await serve(flights, { port: Number(process.env.PORT ?? 4001) });
