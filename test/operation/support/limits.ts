// The limits of a gateway whose configuration sets none.
import { configSchema } from "../../../gateway/config.ts";

export const limits = configSchema.parse({ subgraphs: [{ name: "a", url: "http://a" }] }).operation;
