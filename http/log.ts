// The log: a line of JSON for machines, readable text on a terminal.
import { type Logger, pino } from "pino";
import { PinoPretty } from "pino-pretty";

/** @param name - who speaks: `gateway`, or a product's id */
export function openLog(name: string): Logger {
  const pretty = process.stdout.isTTY ? PinoPretty({ ignore: "pid,hostname", sync: true }) : undefined;
  return pretty ? pino({ name, base: { name } }, pretty) : pino({ name, base: { name } });
}
