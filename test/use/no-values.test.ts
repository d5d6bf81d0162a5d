// No value ever gets into the record of use: canaries stand wherever a value can, and none may come out.
import fc from "fast-check";
import { expect, it } from "vitest";
import { openUseRecord } from "../../gateway/use/record-use.ts";
import { preparedUse } from "./support/shop.ts";

const canary = "CANARY";
const limits = {
  operationsMax: 100,
  coordinatesMax: 10_000,
  clientsMax: 5,
  clientCharactersMax: 50,
  keepDays: 90,
};

/** A text that no name of the schema has, as a value or as a key of a scalar's own object. */
const secret = fc.integer({ min: 0, max: 999_999 }).map((i) => `${canary}${i}`);
const secretNumber = fc.integer({ min: 777_000, max: 777_999 });

/** What a scalar of the mesh's own takes, as a literal. */
const { json } = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    secret.map((text) => JSON.stringify(text)),
    secret, // an enum's value, where there is an enum
    secretNumber.map(String),
    fc.tuple(secret, tie("json")).map(([key, value]) => `{ ${key}: ${value}, name: ${value} }`),
    fc.array(tie("json"), { maxLength: 3 }).map((list) => `[${list.join(", ")}]`),
  ),
}));

const { where } = fc.letrec<{ where: string }>((tie) => ({
  where: fc.oneof(
    { maxDepth: 4 },
    secret.map((text) => `{ name: { _eq: "${text}" } }`),
    fc.array(secret, { maxLength: 3 }).map((list) => `{ name: { _in: ${JSON.stringify(list)} } }`),
    secret.map((text) => `{ name: { _like: """block ${text}""" } }`),
    secretNumber.map((number) => `{ size: ${number} }`),
    json.map((value) => `{ json: ${value} }`),
    fc.constant("{ tone: { _in: [LOUD, SOFT] } }"),
    tie("where").map((nested) => `{ _not: ${nested} }`),
    fc.array(tie("where"), { maxLength: 3 }).map((list) => `{ _and: [${list.join(", ")}] }`),
  ),
}));

/** As a client may send it: right, wrong, and with keys that no input has. */
const variable = fc.jsonValue({ depthSize: "medium" }).chain((wild) =>
  fc.record({ one: secret, other: secret, number: secretNumber }).map(({ one, other, number }) => ({
    name: { _eq: one, [other]: { name: one }, _in: [one, other] },
    [other]: { name: { _eq: one } },
    tone: { _eq: other, _in: ["LOUD", other, number, { tone: one }] },
    size: number,
    json: { [one]: other, name: [one, { [other]: number }], wild },
    _and: [{ name: { _like: one } }, one, [other], null, wild],
    _not: { [one]: {}, json: one },
  })),
);

const asked = fc.record({ where, json, id: secret, alias: secret, comment: secret, variable, name: secret });

it("keeps no value that stands in a text or in variables", () => {
  fc.assert(
    fc.property(asked, ({ where, json, id, alias, comment, variable, name }) => {
      const text = `# ${comment}
        query Asked($w: thing_exp = ${where}, $j: JSON = ${json}, $t: [Tone!], $v: String = "${id}") {
          ${alias}: things(where: { _and: [${where}, $w, { name: { _eq: $v } }] }, limit: 777001) { id }
          thing(id: "${id}") @noted(text: "${id}") { parts(where: ${where}) { ...${name} } }
          free(json: ${json})
          b: free(json: $j)
          c: things(tones: $t) { id }
        }
        fragment ${name} on Thing { ${alias}: id }`;
      const { count, report } = openUseRecord(limits, {
        since: "2026-11-01T00:00:00.000Z",
        operations: [],
        forgottenOn: [],
      });
      const prepared = preparedUse(text);
      count(prepared, "desk", { w: variable, j: variable, t: ["LOUD", id], v: id, [id]: id }, Date.now());
      const told = JSON.stringify([report(Date.now()), prepared.deprecations]);
      const kept = told.replaceAll(prepared.hash, "");
      expect(kept).not.toContain(canary);
      expect(kept).not.toMatch(/777\d{3}/);
      expect(kept).toContain("Tone.LOUD");
    }),
    { numRuns: 300 },
  );
});
