// What a complaint of federation is about: the coordinate, and the subgraphs in the order in which it names them.
import type { Complaint } from "../../compose/complaint.ts";

export type ComplaintFacts = {
  readonly code: string;
  /** Federation's own words, without the subgraph in front. */
  readonly message: string;
  /** `Airport.city`; undefined where it names none. */
  readonly coordinate: string | undefined;
  /** Those whose definitions are pointed to, then those that are named. */
  readonly subgraphs: readonly string[];
};

const coordinatePattern = /^@?[A-Za-z_]\w*(\.[A-Za-z_]\w*(\(\w+:\))?)?$/;

export function complaintFacts(complaint: Complaint, names: readonly string[]): ComplaintFacts {
  const [prefix, message] = splitPrefix(complaint.message, names);
  const quoted = [...message.matchAll(/"([^"\n]*)"/g)].map(([, text]) => text ?? "");
  const named = quoted.filter((text) => names.includes(text));
  const pointed = complaint.nodes.map(({ subgraph }) => subgraph);
  const coordinate = complaint.coordinate ?? coordinateIn(message, quoted, names);
  return {
    code: complaint.code,
    message,
    coordinate,
    subgraphs: [...new Set([...(prefix === undefined ? [] : [prefix]), ...pointed, ...named])],
  };
}

/** Problems of one subgraph begin with its name in brackets. */
function splitPrefix(message: string, names: readonly string[]): readonly [string | undefined, string] {
  const found = /^\[([^\]]+)\] ([\s\S]*)$/.exec(message);
  const [, name, rest] = found ?? [];
  return name !== undefined && rest !== undefined && names.includes(name)
    ? [name, rest]
    : [undefined, message];
}

/** Within `On type "A", for @key(fields: "x")` it is the type; else the first that is quoted and is no subgraph. */
function coordinateIn(
  message: string,
  quoted: readonly string[],
  names: readonly string[],
): string | undefined {
  const unknownType = /^Unknown type "?(\w+)/.exec(message)?.[1];
  if (unknownType !== undefined) return undefined;
  const [, twice, type] = /^Field (\w+) already exists on (\w+)/.exec(message) ?? [];
  if (twice !== undefined) return `${type}.${twice}`;
  const provided = /(?:Interface field|Type) ([A-Za-z_][\w.]*)/.exec(message)?.[1];
  const first = quoted.find((text) => coordinatePattern.test(text) && !names.includes(text));
  return first ?? (provided && coordinatePattern.test(provided) ? provided : undefined);
}
