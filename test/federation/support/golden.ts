// Goldens: a question of a mesh and its whole answer, asked of the gateway and of the stock executor.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GatewayError, Question } from "../../gateway/support/test-gateway.ts";
import { openStock, type Stock } from "./ask-stock.ts";
import { openWeft, type Weft } from "./ask-weft.ts";
import type { AskedSubgraph, MeshDefinition, Row } from "./mesh.ts";
import { stockFails } from "./stock-fails.ts";

export type Golden = Question & {
  /** What the gateway does, as a sentence. */
  readonly does: string;
  /** Compared with the order of its fields; text stands for JSON that an object literal can't say. */
  readonly data: unknown;
  /**
   * `"things.@.price CODE"`: where errors are and which; `@` = any index, a trailing `…` = at that place or somewhere
   * above or below it, `*` = any code, `A|B` = either. Each is there at least once, and there is no other. Left out = none.
   */
  readonly errors?: readonly string[];
  /** How often each subgraph is asked. */
  readonly requests?: Readonly<Record<string, number>>;
  /** How many representations each subgraph is sent in all. */
  readonly representations?: Readonly<Record<string, number>>;
};

/** `define` is called anew for each executor, so that neither sees what the other changed. */
export function judge(title: string, define: () => MeshDefinition, goldens: readonly Golden[]): void {
  describe(title, () => {
    let weft: Weft;
    let stock: Stock | undefined;
    const stockRuns = !(title in stockFails);
    beforeAll(async () => {
      weft = await openWeft(define());
      if (stockRuns) stock = await openStock(define());
    });
    afterAll(async () => {
      await weft?.[Symbol.asyncDispose]();
      await stock?.[Symbol.asyncDispose]();
    });

    const table = goldens.map((golden) => [golden.does, golden] as const);
    it.each(table)("%s", async (_, golden) => {
      const before = counts(weft, golden);
      const { data, errors } = await weft.ask(question(golden));
      expect(written(data)).toBe(written(golden.data));
      expectErrors(errors, golden.errors ?? []);
      const after = counts(weft, golden);
      const grown = (kind: "requests" | "representations") =>
        Object.fromEntries(
          Object.keys(golden[kind] ?? {}).map((name) => [
            name,
            (after[kind][name] as number) - (before[kind][name] as number),
          ]),
        );
      expect(grown("requests")).toEqual(golden.requests ?? {});
      expect(grown("representations")).toEqual(golden.representations ?? {});
    });

    it("no subgraph is sent an empty list of representations, or one of them twice", () => {
      const asked = Object.keys(define()).flatMap((name) => weft.asked(name));
      expect(asked.filter(isWasteful)).toEqual([]);
    });

    it.runIf(stockRuns).each(table)("stock: %s", async (_, golden) => {
      const { data, failed } = await (stock as Stock).ask(question(golden));
      const answer = `${written(data ?? null)} ${failed ? "with" : "without"} errors`;
      const wanted = `${written(golden.data ?? null)} ${golden.errors ? "with" : "without"} errors`;
      if (golden.does in stockFails) expect(answer).not.toBe(wanted);
      else expect(answer).toBe(wanted);
    });
  });
}

const question = ({ query, variables, operationName }: Golden): Question => ({
  query,
  ...(variables && { variables }),
  ...(operationName !== undefined && { operationName }),
});

const written = (data: unknown): string =>
  JSON.stringify(typeof data === "string" ? JSON.parse(data) : data, null, 1) ?? "nothing";

function counts(weft: Weft, { requests = {}, representations = {} }: Golden) {
  const each = (names: Row, count: (asked: readonly AskedSubgraph[]) => number) =>
    Object.fromEntries(Object.keys(names).map((name) => [name, count(weft.asked(name))]));
  return {
    requests: each(requests, (asked) => asked.length),
    representations: each(representations, (asked) => asked.flatMap(representationsOf).length),
  };
}

/** Every list of representations in the variables, whatever the variable is called. */
function listsOf({ query, variables = {} }: AskedSubgraph): readonly (readonly Row[])[] {
  if (!query.includes("_entities")) return [];
  const isList = (value: unknown) =>
    Array.isArray(value) && value.every((one: Row) => one?.__typename !== undefined);
  const names = [...query.matchAll(/_entities\s*\(\s*representations\s*:\s*\$(\w+)/g)].map(
    ([, name]) => name,
  );
  return names.map((name) => variables[name as string]).filter(isList);
}

const representationsOf = (asked: AskedSubgraph): readonly Row[] => listsOf(asked).flat();

const isWasteful = (asked: AskedSubgraph): boolean =>
  listsOf(asked).some(
    (list) => list.length === 0 || new Set(list.map((one) => JSON.stringify(one))).size < list.length,
  );

/** Each error is one of the expected, and each of the expected is there. */
export function expectErrors(errors: readonly GatewayError[] | undefined, expected: readonly string[]): void {
  const found = (errors ?? []).map(({ path = [], extensions, message }) => ({
    path,
    code: extensions?.code,
    message,
  }));
  const unexpected = found.filter((error) => !expected.some((line) => matches(line, error)));
  const missing = expected.filter((line) => !found.some((error) => matches(line, error)));
  expect({ unexpected, missing, answered: missing.length > 0 ? found : [] }).toEqual({
    unexpected: [],
    missing: [],
    answered: [],
  });
}

function matches(
  line: string,
  error: { path: readonly (string | number)[]; code: string | undefined },
): boolean {
  const [at = "", code = "*"] = line.split(" ");
  if (code !== "*" && !code.split("|").includes(error.code ?? "")) return false;
  const near = at.endsWith("…");
  const wanted = at.replace("…", "").split(".").filter(Boolean);
  if (!near && wanted.length !== error.path.length) return false;
  return wanted
    .slice(0, error.path.length)
    .every((step, i) => (step === "@" ? typeof error.path[i] === "number" : step === String(error.path[i])));
}
