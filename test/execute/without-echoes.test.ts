// Subgraphs that can't repeat the keys of their entities: asked again once without them, and never with them again.
import { buildSchema, parse } from "graphql";
import { describe, expect, it } from "vitest";
import { compileStep } from "../../gateway/execute/federated/compile-step.ts";
import type { Making } from "../../gateway/execute/federated/step-outcome.ts";
import { isAboutEchoes, withoutEchoes } from "../../gateway/execute/federated/without-echoes.ts";
import type { Running } from "../../gateway/execute/operator.ts";
import type { Runtime } from "../../gateway/execute/runtime.ts";
import type { SubgraphAnswer } from "../../gateway/fetch/open-subgraphs.ts";
import { fetchOf, keyed, stepOf } from "./support/fetches.ts";

const added = [{ types: ["T"], answeredAs: ["T"], leaves: [{ sent: ["id"], answered: ["weft_key0_id"] }] }];
const fetch = fetchOf({
  selection: "{__typename ...on T{name weft_key0_id:id}}",
  receives: [{ name: "__typename" }, { name: "name" }],
  at: ["l", "@"],
  entities: keyed("T", ["id"], { echoes: added }),
});
const error = (...path: readonly (string | number)[]) => ({ message: "no key", path });

type Sent = {
  readonly query: string;
  readonly variables: { readonly representations: readonly { id: string }[] };
};

/** A subgraph whose `T.id` fails for everybody, or for nobody. */
function subgraph({ broken }: { readonly broken: boolean }) {
  const asked: Sent[] = [];
  const ask: Runtime["ask"] = async (_, { body }): Promise<SubgraphAnswer> => {
    const sent = JSON.parse(body) as Sent;
    asked.push(sent);
    const wantsKey = sent.query.includes("weft_key0_id");
    const entities = sent.variables.representations.map(({ id }) => ({
      __typename: "T",
      name: `n${id}`,
      ...(wantsKey && { weft_key0_id: broken ? null : id }),
    }));
    if (!broken || !wantsKey) return { data: { _entities: entities } };
    return { data: { _entities: entities.map(() => null) }, errors: [error("_entities", 0, "weft_key0_id")] };
  };
  const runtime = {
    schema: buildSchema("type Query { l: [T] } type T { id: ID name: String }"),
    subgraphs: new Map([["shop", "http://shop.test"]]),
    ask,
    limits: { representationsMax: 2 },
  } as unknown as Runtime;
  const run = compileStep(runtime, stepOf(fetch));
  const running = { variables: {}, asking: {} } as Running;
  return {
    asked,
    fetch: async (...ids: readonly string[]) => {
      const list = ids.map((id) => ({ __typename: "T", id }));
      const making: Making = { data: { l: list }, errors: [], unknown: new Set(), distinct: new Map() };
      await run(running, making);
      return { names: list.map((each) => (each as { name?: string }).name), errors: making.errors.length };
    },
  };
}

const wantKey = (asked: readonly Sent[]) => asked.map(({ query }) => query.includes("weft_key0_id"));

describe("a subgraph that can't repeat keys", () => {
  it("is asked again once, without an error, and from then on without the keys", async () => {
    const shop = subgraph({ broken: true });
    expect(await shop.fetch("1", "2")).toEqual({ names: ["n1", "n2"], errors: 0 });
    expect(wantKey(shop.asked)).toEqual([true, false]);
    expect(await shop.fetch("3")).toEqual({ names: ["n3"], errors: 0 });
    expect(wantKey(shop.asked)).toEqual([true, false, false]);
    for (const { query } of shop.asked) parse(query);
  });

  it("is asked again for each slice that was under way", async () => {
    const shop = subgraph({ broken: true });
    expect(await shop.fetch("1", "2", "3")).toEqual({ names: ["n1", "n2", "n3"], errors: 0 });
    expect(
      shop.asked
        .filter(({ query }) => !query.includes("weft_key0_id"))
        .map(({ variables }) => variables.representations.length)
        .sort(),
    ).toEqual([1, 2]);
  });

  it("that can is asked once", async () => {
    const shop = subgraph({ broken: false });
    expect(await shop.fetch("1", "2", "1")).toEqual({ names: ["n1", "n2", "n1"], errors: 0 });
    expect(wantKey(shop.asked)).toEqual([true]);
  });
});

describe("an error", () => {
  it.each([
    ["at a key that was added is about that", [error("_entities", 0, "weft_key0_id")], true],
    ["below it is too", [error("_entities", 0, "weft_key0_id", "part")], true],
    ["among others is too", [error("_entities", 0, "name"), error("_entities", 1, "weft_key0_id")], true],
    ["elsewhere is not", [error("_entities", 0, "name")], false],
    ["without a path is not", [{ message: "broken" }], false],
  ])("%s", (_, errors, is) => {
    expect(isAboutEchoes(errors, stepOf(fetch))).toBe(is);
  });

  it("at a key that was asked for anyway is not about echoes", () => {
    const asked = { ...fetch, receives: [{ name: "weft_key0_id" }] };
    expect(isAboutEchoes([error("_entities", 0, "weft_key0_id")], stepOf(asked))).toBe(false);
  });
});

describe("a step without echoes", () => {
  const squeezed = (selection: string) => selection.replace(/\s+/g, " ").replace(/ ?([{}]|\.{3}) ?/g, "$1");
  it.each([
    ["keeps what was asked for", "{__typename ...on T{name weft_key0_id:id}}", "{__typename...on T{name}}"],
    ["has no fragment left empty", "{__typename name ...on T{weft_key0_id:id}}", "{__typename name}"],
    ["loses nested keys", "{__typename ...on T{name weft_key0_id:id{a b}}}", "{__typename...on T{name}}"],
    ["keeps a field of the same name", "{__typename ...on T{id weft_key0_id:id}}", "{__typename...on T{id}}"],
  ])("%s", (_, selection, stripped) => {
    const [part] = withoutEchoes(stepOf({ ...fetch, selection })).parts;
    expect(squeezed(part?.fetch.selection ?? "")).toBe(stripped);
    expect(part?.fetch.entities?.echoes).toEqual([]);
    expect(part?.at).toEqual([["l", "@"]]);
  });

  it("is as it was where no key was added", () => {
    const plain = fetchOf();
    expect(withoutEchoes(stepOf(plain)).parts[0]?.fetch).toBe(plain);
  });
});
