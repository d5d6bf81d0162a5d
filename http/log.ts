// The log: a line of JSON for machines, readable text on a terminal.
import { type Logger, pino } from "pino";

/** Loaded only where somebody looks on. */
const pretty = process.stdout.isTTY ? (await import("pino-pretty")).PinoPretty : undefined;

/** @param name - who speaks: `gateway`, or a product's id */
export function openLog(name: string): Logger {
  const options = { name, base: { name } };
  return pretty ? pino(options, pretty({ ignore: "pid,hostname", sync: true })) : pino(options);
}
