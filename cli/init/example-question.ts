// A question that a new product answers, of its real fields.
import type { Draft } from "./draft-product.ts";

/** Its first rows and their number; with a reference, the key of what it leads to. */
export function exampleQuestion(draft: Draft): string {
  const [{ collection, columns, references } = { collection: draft.id, columns: {}, references: {} }] =
    Object.values(draft.entities);
  const fields = Object.keys(columns).slice(0, 5);
  const led = Object.entries(references ?? {}).map(
    ([name, { key }]) => `${name} { ${Object.keys(key).join(" ")} }`,
  );
  return `{
  ${collection}(limit: 3) { ${[...fields, ...led.slice(0, 2)].join(" ")} }
  ${collection}_aggregate { aggregate { count } }
}`;
}
