// Reads a number of seconds from the command line.
import { testing } from "./testing-faults.ts";

const secondsMax = 3_600;

/** @param from - who says so: `--timeout`. @throws testing.SECONDS_WRONG */
export function secondsOf(from: string, text: string): number {
  const seconds = Number(text);
  if (text.trim() === "" || !(seconds > 0 && seconds <= secondsMax))
    throw testing.SECONDS_WRONG({ from, given: text, secondsMax });
  return seconds;
}
