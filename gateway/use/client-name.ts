// What a client calls itself.
import type { IncomingHttpHeaders } from "node:http";

export const unnamedClient = "(unnamed)";
/** All that came when an operation had as many clients as are told apart. */
export const otherClients = "(other)";

/** As it stands in the first of the headers that is there; `names` in lower case. */
export function readClient(headers: IncomingHttpHeaders, names: readonly string[]): string {
  for (const name of names) {
    const given = headers[name];
    if (typeof given === "string" && given !== "") return given;
  }
  return unnamedClient;
}

/** On one line, without control and format characters, of so many characters at most. */
export function cleanClient(given: string, charactersMax: number): string {
  const line = given
    .slice(0, 4 * charactersMax)
    .replaceAll(/[\p{C}\p{Z}]+/gu, " ")
    .trim();
  return [...line].slice(0, charactersMax).join("").trim() || unnamedClient;
}
