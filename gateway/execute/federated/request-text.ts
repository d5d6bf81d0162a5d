// The text of a request that holds one or more parts of a step.
import type { Batch } from "./batches.ts";
import type { Part, Step } from "./schedule.ts";

/** How a step's requests are written, for any choice of its parts. */
export type RequestWriter = {
  /** The response name of each part's entities; of root fields, undefined. */
  readonly partNames: readonly (string | undefined)[];
  /** The JSON text to POST. */
  readonly write: (batch: Batch, variables: Readonly<Record<string, unknown>>) => string;
};

export function compileRequest({ parts, operation }: Step): RequestWriter {
  const texts = new Map<string, { readonly head: string; readonly names: readonly string[] }>();
  const taken = new Set(parts.flatMap(({ fetch }) => fetch.variables.map(({ name }) => name)));
  const lists = parts.map((_, i) =>
    freeName(parts.length > 1 ? `representations${i}` : "representations", taken),
  );
  const partNames = parts.map(({ fetch }, i) =>
    fetch.entities ? (parts.length > 1 ? `entities${i}` : "_entities") : undefined,
  );
  const textOf = (chosen: readonly number[]) => {
    const key = chosen.join();
    const known = texts.get(key);
    if (known) return known;
    const made = writeText(operation, parts, chosen, lists, partNames);
    texts.set(key, made);
    return made;
  };
  return {
    partNames,
    write: (batch, variables) => {
      const { head, names } = textOf(batch.map(({ part }) => part));
      const given: string[] = [];
      const above = batch.find(({ context }) => context)?.context ?? {};
      for (const { part, texts } of batch)
        if (partNames[part] !== undefined) given.push(`"${lists[part]}":[${texts.join(",")}]`);
      for (const name of names) {
        const holder = Object.hasOwn(above, name) ? above : variables;
        const value = Object.hasOwn(holder, name) ? holder[name] : undefined;
        if (value !== undefined) given.push(`${JSON.stringify(name)}:${JSON.stringify(value)}`);
      }
      return given.length === 0 ? `${head}}` : `${head},"variables":{${given.join(",")}}}`;
    },
  };
}

/** `{"query":"…","operationName":"…"`, and the variables of the operation that it uses. */
function writeText(
  operation: Step["operation"],
  parts: readonly Part[],
  chosen: readonly number[],
  lists: readonly string[],
  partNames: readonly (string | undefined)[],
): { readonly head: string; readonly names: readonly string[] } {
  const fetches = chosen.map((i) => ({ i, fetch: (parts[i] as Part).fetch }));
  const definitions = new Map<string, string>();
  for (const { fetch } of fetches)
    for (const { name, definition } of fetch.variables) definitions.set(name, definition);
  const declared = [
    ...fetches.flatMap(({ i, fetch }) => (fetch.entities ? [`$${lists[i]}:[_Any!]!`] : [])),
    ...definitions.values(),
  ];
  const [first] = fetches;
  const selection =
    first && !first.fetch.entities
      ? first.fetch.selection
      : `{${fetches.map(({ i, fetch }) => `${entitiesField(partNames[i] as string)}(representations:$${lists[i]})${fetch.selection}`).join(" ")}}`;
  const name = first?.fetch.operationName;
  const query = `${operation}${name === undefined ? "" : ` ${name}`}${declared.length > 0 ? `(${declared.join(",")})` : ""}${selection}`;
  const named = name === undefined ? "" : `,"operationName":${JSON.stringify(name)}`;
  return { head: `{"query":${JSON.stringify(query)}${named}`, names: [...definitions.keys()] };
}

function entitiesField(answerName: string): string {
  return answerName === "_entities" ? answerName : `${answerName}:_entities`;
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  return taken.has(name) ? freeName(`_${name}`, taken) : name;
}
