// Around the requests of a step: how they are divided, what they depend on, and which nulls need no error of their own.
import { GraphQLError, parse } from "graphql";
import { describe, expect, it } from "vitest";
import { batches } from "../../gateway/execute/federated/batches.ts";
import { conditionNames, readConditions } from "../../gateway/execute/federated/conditions.ts";
import { unexplained, unknownAt } from "../../gateway/execute/federated/explained.ts";
import type { Gathered } from "../../gateway/execute/federated/gather.ts";
import type { FetchTree } from "../../gateway/plan/fetch-tree.ts";
import { fetchOf } from "./support/fetches.ts";

function gathered(part: number, count: number): Gathered {
  const sent = Array.from({ length: count }, (_, i) => ({ part, i }));
  return {
    part,
    sent,
    texts: sent.map((each) => JSON.stringify(each)),
    targets: sent.map((each) => [[each]]),
    context: undefined,
  } as unknown as Gathered;
}

describe("batches", () => {
  it.each([
    ["are one where all fits", [2, 3], 5, ["0:0,1 1:0,1,2"]],
    ["are by part where all together is too much", [2, 3], 4, ["0:0,1", "1:0,1,2"]],
    ["are slices where one part is too much", [5, 1], 2, ["0:0,1", "0:2,3", "0:4", "1:0"]],
    ["are of one representation each at the least", [2, 0], 1, ["0:0", "0:1", "1:"]],
    ["of root fields are one", [0], 1, ["0:"]],
  ])("%s", (_, counts, max, printed) => {
    const made = batches(
      counts.map((count, part) => gathered(part, count)),
      max,
    );
    const print = ({ part, sent }: Gathered) => `${part}:${sent.map(({ i }) => i)}`;
    expect(made.map((batch) => batch.map(print).join(" "))).toEqual(printed);
    for (const { sent, texts, targets } of made.flat()) {
      expect(texts).toEqual(sent.map((each) => JSON.stringify(each)));
      expect(targets).toEqual(sent.map((each) => [[each]]));
    }
  });

  it("are apart for one part that is asked with different arguments from above", () => {
    expect(batches([gathered(0, 1), gathered(0, 1)], 10)).toHaveLength(2);
  });
});

describe("conditions", () => {
  const condition = (variable: string, whenTrue?: FetchTree, whenFalse?: FetchTree): FetchTree => ({
    kind: "condition",
    variable,
    ...(whenTrue && { whenTrue }),
    ...(whenFalse && { whenFalse }),
  });

  it.each<[string, string, FetchTree | undefined, readonly string[]]>([
    [
      "are the variables of @skip and @include, each once",
      "query($b:Boolean! $a:Boolean!){x @skip(if:$b) y @include(if:$a) z @skip(if:$a)}",
      undefined,
      ["a", "b"],
    ],
    [
      "are those in fragments too",
      "query($a:Boolean!){...F ... @include(if:$a){x}} fragment F on Query @tag{y @skip(if:$b)}",
      undefined,
      ["a", "b"],
    ],
    [
      "are no literals, and no variables of other directives",
      "query($a:Boolean!){x @skip(if:true) y @other(if:$a)}",
      undefined,
      [],
    ],
    [
      "are those of the tree, in every branch",
      "{x}",
      {
        kind: "sequence",
        nodes: [fetchOf(), condition("a", condition("b"), { kind: "parallel", nodes: [condition("c")] })],
      },
      ["a", "b", "c"],
    ],
  ])("%s", (_, text, tree, names) => {
    expect(conditionNames(parse(text), tree)).toEqual(names);
  });

  it("hold where the variable is true, and nowhere else", () => {
    expect(readConditions(["a", "b", "c", "d"], { a: true, b: false, c: null })).toEqual({
      a: true,
      b: false,
      c: false,
      d: false,
    });
  });
});

describe("a null of the projection", () => {
  const at = (...path: readonly (string | number)[]) => new GraphQLError("wrong", { path });
  const anywhere = new GraphQLError("wrong");
  // `l[0]`, `a` and `o.p` are entities that their owner does not know.
  const data = JSON.parse('{"l":[{"id":"1"},{"id":"2"}],"a":{"id":"3"},"o":{"p":{"id":"4"}}}');
  const unknown = new Set([data.l[0], data.a, data.o.p]);
  const isUnknown = unknownAt({ data, unknown }, { "mine:p()": "p" });
  const projected = (error: GraphQLError, answer: string) => ({ data: Buffer.from(answer), errors: [error] });
  const nulls = '{"l":[null,null],"a":null,"o":{"p":null,"mine":null,"nothing":null}}';

  it.each<[string, GraphQLError, readonly GraphQLError[], boolean]>([
    ["is told where nothing explains it", at("o", "b"), [], true],
    ["is told where the error is beside it", at("o", "b"), [at("o", "c"), at("b")], true],
    ["is told where the error is at another index", at("l", 1, "b"), [at("l", 0, "b")], true],
    ["is explained by an error at it", at("o", "b"), [at("o", "b")], false],
    ["is explained by an error above", at("o", "b"), [at("o")], false],
    ["is explained by an error below", at("o"), [at("o", "b")], false],
    ["is explained by an error that stands nowhere", at("o", "b"), [anywhere], false],
    ["is an answer for an entity that is unknown", at("l", 0, "name"), [], false],
    ["is told for its neighbour", at("l", 1, "name"), [], true],
    ["is told further below", at("l", 0, "o", "name"), [], true],
    ["is told at a field of a root object", at("a", "name"), [], true],
    ["is an answer for a nested entity that is unknown", at("o", "p", "name"), [], false],
    ["is so under the caller's alias too", at("o", "mine", "name"), [], false],
    ["is told where nothing stands", at("o", "nothing", "name"), [], true],
  ])("%s", (_, error, fetched, isTold) => {
    expect(unexplained(projected(error, nulls), fetched, isUnknown)).toEqual(isTold ? [error] : []);
  });

  it.each<[string, GraphQLError, string]>([
    ["has taken the list with it", at("l", 0, "name"), '{"l":null,"o":{"p":null}}'],
    ["has taken the object above with it", at("o", "p", "name"), '{"l":[null,null],"o":null}'],
    ["has taken all with it", at("o", "p", "name"), "null"],
    ["has left the entity as it is", at("o", "p", "name"), '{"o":{"p":{"name":null}}}'],
    ["stands elsewhere", at("l", 0, "name"), '{"l":[{"name":"a"},null],"o":{"p":null}}'],
  ])("is told of an entity that is unknown where it %s", (_, error, answer) => {
    expect(unexplained(projected(error, answer), [], isUnknown)).toEqual([error]);
  });

  it("is told alone where another is an answer", () => {
    const [answer, wrong] = [at("l", 0, "name"), at("l", 1, "name")];
    const errors = [answer, wrong];
    expect(unexplained({ data: Buffer.from(nulls), errors }, [], isUnknown)).toEqual([wrong]);
  });
});
