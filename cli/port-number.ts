// Reads a port from the command line or the environment.
import { configuring } from "../gateway/config-faults.ts";

/** @param from - who says so: `--port`, or a variable's name. @throws configuring.CONFIG_INVALID */
export function portNumber(from: string, text: string): number {
  const port = Number(text);
  if (text.trim() === "" || !Number.isInteger(port) || port < 0 || port > 65_535)
    throw configuring.CONFIG_INVALID({ problems: [`${from} ${text}: give a number from 0 to 65535`] });
  return port;
}
