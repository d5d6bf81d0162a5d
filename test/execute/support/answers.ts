// Answers of subgraphs to `_entities`, honest ones and all others, and what must hold of each.
import fc from "fast-check";
import { expect } from "vitest";
import { compileMatch } from "../../../gateway/execute/federated/match-entities.ts";
import type { Echo } from "../../../gateway/plan/fetch-tree.ts";

export type Json = Record<string, unknown>;

const leaf = (name: string) => ({ sent: [name], answered: [`key_${name}`] });
const users: Echo = { types: ["User"], answeredAs: ["User"], leaves: [leaf("id")] };
const shelves: Echo = {
  types: ["Shelf"],
  answeredAs: ["Shelf"],
  leaves: [leaf("room"), { sent: ["place", "number"], answered: ["key_place", "number"] }],
};
export const echoes = [users, shelves];

export const user = (id: unknown): Json => ({ __typename: "User", id });
export const userAnswer = (id: unknown): Json => ({ __typename: "User", key_id: id, name: `user ${id}` });

/** A representation, its key as text, and the entity that its owner answers with. */
type Known = { readonly sent: Json; readonly key: string; readonly answer: Json };

const anyKey = fc.oneof(
  fc.nat(12),
  fc.constantFrom("a", "b", "[1]", "1,2", '"', "__proto__", " ", "constructor"),
);
const anyUser: fc.Arbitrary<Known> = anyKey.map((id) => ({
  sent: user(id),
  key: `User ${id}`,
  answer: { ...userAnswer(String(id)), key: `User ${id}` },
}));
const anyShelf: fc.Arbitrary<Known> = fc.tuple(anyKey, fc.nat(3)).map(([room, number]) => {
  const key = `Shelf ${room} ${number}`;
  return {
    sent: { __typename: "Shelf", room, place: { number } },
    key,
    answer: { __typename: "Shelf", key_room: String(room), key_place: { number }, key },
  };
});

const asking = (known: fc.Arbitrary<Known>): fc.Arbitrary<readonly Known[]> =>
  fc.uniqueArray(known, { minLength: 1, maxLength: 8, selector: ({ key }) => key });
export const ofOneType = fc.oneof(asking(anyUser), asking(anyShelf));
export const ofTwoTypes = asking(fc.oneof(anyUser, anyShelf));

const distortions = ["none", "permuted", "short", "duplicated", "foreign", "nulls", "shifted"] as const;

/** `chance` gives numbers from 0 up to 1. */
function distorted(
  answers: readonly Json[],
  distortion: (typeof distortions)[number],
  chance: () => number,
): readonly (Json | null)[] {
  const at = Math.floor(chance() * answers.length);
  switch (distortion) {
    case "none":
      return answers;
    case "permuted":
      return answers
        .map((answer) => ({ answer, rank: chance() }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ answer }) => answer);
    case "short":
      return answers.filter((_, i) => i !== at);
    case "duplicated":
      return answers.map((answer, i) => (i === 0 ? (answers[at] as Json) : answer));
    case "foreign": {
      const like =
        answers[0]?.key_room === undefined ? userAnswer("9999") : { key_room: "?", key_place: { number: 9 } };
      const foreign = { ...answers[0], ...like, key: "nobody's" };
      return chance() < 0.5
        ? answers.map((answer, i) => (i === at ? foreign : answer))
        : [...answers.slice(0, at), foreign, ...answers.slice(at)];
    }
    case "nulls":
      return answers.map((answer) => (chance() < 0.4 ? null : answer));
    case "shifted":
      return [...answers.slice(1), answers[0] as Json];
  }
}

const anyDistortions = fc.array(fc.constantFrom(...distortions), { minLength: 1, maxLength: 3 });
const chances = fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));

/** However it is answered, no object gets another's entity, none that was answered is lost, and what is lost is told of. */
export function neverAnothers(anyAsked: fc.Arbitrary<readonly Known[]>): void {
  const match = compileMatch(echoes);
  fc.assert(
    fc.property(anyAsked, anyDistortions, chances, (asked, all, stream) => {
      const chance = () => stream.next().value as number;
      const honest = asked.map(({ answer }) => answer);
      const answered = all.reduce<readonly (Json | null)[]>(
        (answers, each) =>
          answers.length === 0 || answers.includes(null)
            ? answers
            : distorted(answers as Json[], each, chance),
        honest,
      );
      const sent = asked.map((each) => each.sent);
      const { entities, problem } = match(sent, answered);

      const joined = entities.map((entity) => entity?.key ?? null);
      expect(joined).toHaveLength(asked.length);
      joined.forEach((key, i) => {
        if (key !== null) expect(key).toBe(asked[i]?.key);
      });
      asked.forEach(({ answer }, i) => {
        expect(joined[i] !== null).toBe(answered.includes(answer));
      });
      const isWhole = joined.every((key) => key !== null) && answered.length === asked.length;
      const isHonest =
        answered.length === asked.length && answered.every((each, i) => !each || each === honest[i]);
      expect(problem === undefined).toBe(isWhole || isHonest);
    }),
    { seed: 20261121, numRuns: 10_000 },
  );
}
