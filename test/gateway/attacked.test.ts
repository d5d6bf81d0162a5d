// While operations made to cost much are refused, everybody else goes on being answered.
import { expect, it, vi } from "vitest";
import { doubling, many } from "../operation/support/write.ts";
import { graphqlSubgraph } from "./support/graphql-subgraph.ts";
import { testGateway } from "./support/test-gateway.ts";

const sdl = "type Query { a: Query b: Query s: String }";
const attackers = 4;
const questionsOfOne = 20;

const attacks: readonly (readonly [name: string, text: string, code: string])[] = [
  ["fragments that double 30 times", doubling(30), "SELECTIONS_MAX"],
  ["one field over and over", `{ ${many(3_000, () => "a { s }")} }`, "OVERLAPS_MAX"],
  ["10,000 aliases", `{ ${many(10_000, (i) => `a${i}: s`)} }`, "TOKENS_MAX"],
];

it.each(attacks)(
  "callers are answered while others send %s",
  async (_, text, code) => {
    await using subgraph = await graphqlSubgraph(sdl, { Query: { s: () => "s" } });
    await using gateway = await testGateway({ subgraphs: { one: subgraph.url } });
    await gateway.live();

    const question = (turn: number) => `{ s t${turn % 5}: s }`;
    for (let turn = 0; turn < 5; turn++) await gateway.ask(question(turn));

    let attacking = true;
    const codes: (string | undefined)[] = [];
    const attacker = async (_: unknown, which: number) => {
      for (let turn = 0; attacking; turn++) {
        const { errors } = await gateway.ask(`# ${which} ${turn}\n${text}`);
        codes.push(errors?.[0]?.extensions.code);
      }
    };
    const ended = Promise.all(Array.from({ length: attackers }, attacker));
    await vi.waitFor(() => expect(codes.length).toBeGreaterThanOrEqual(attackers), 20_000);

    const answers: string[] = [];
    const refusedBetween: number[] = [];
    for (let turn = 0; turn < questionsOfOne; turn++) {
      const before = codes.length;
      answers.push((await gateway.ask(question(turn))).text);
      refusedBetween.push(codes.length - before);
    }
    attacking = false;
    await ended;

    expect(new Set(codes)).toEqual(new Set([code]));
    expect(answers).toEqual(answers.map((__, turn) => `{"data":{"s":"s","t${turn % 5}":"s"}}`));
    // They went by turns: the attack did not stop for the questions, and none of them waited for more than what stood before it.
    expect(refusedBetween.reduce((sum, refused) => sum + refused)).toBeGreaterThan(attackers);
    expect(Math.max(...refusedBetween)).toBeLessThan(10 * attackers);
  },
  60_000,
);
