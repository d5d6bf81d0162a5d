// Lines of several processes on one screen: each under the name of who speaks.
import { z } from "zod";

const logLine = z.object({ level: z.number(), msg: z.string() });

/** A printer for names of at most `width` letters. A log line of JSON is shown as its message. */
export function linePrinter(width: number, write: (line: string) => void) {
  return (name: string, line: string): void => {
    write(`${name.padEnd(width)} | ${readable(line)}`);
  };
}

function readable(line: string): string {
  if (!line.startsWith("{")) return line;
  try {
    const { level, msg } = logLine.parse(JSON.parse(line));
    return level >= 50 ? `ERROR ${msg}` : level >= 40 ? `warning: ${msg}` : msg;
  } catch {
    return line;
  }
}
