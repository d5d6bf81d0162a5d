// Clients that join by themselves: they ask plain federation for lists, page by page, and join in their own process.
import { strict as assert } from "node:assert";
import { ask, type Question } from "./ask.ts";
import { rowsIn } from "./counting-proxy.ts";
import { type AcrossQuestion, californiaByState, tradeQuestions } from "./questions.ts";

type Row = Readonly<Record<string, unknown>>;
type Rows = readonly (readonly unknown[])[];

/** What one client asked and was answered. */
export type ClientWork = { readonly rows: Rows; readonly bytes: number; readonly brought: number };

/** Asks one list whole. `given`: the type of each variable but `after`, and its value. */
type List = (
  field: string,
  where: string,
  selection: string,
  given?: Readonly<Record<string, readonly [type: string, value: unknown]>>,
) => Promise<readonly Row[]>;

type Client = { readonly question: AcrossQuestion; readonly join: (list: List) => Promise<Rows> };

const pageRows = 100_000;

/** By the key `id` where a list is longer than a page. */
function listing(url: string, note: (bytes: number, rows: number) => void): List {
  return async (field, where, selection, given = {}) => {
    const declared = Object.entries(given).map(([name, [type]]) => `$${name}: ${type}`);
    const isPaged = selection.startsWith("id ");
    const found: Row[] = [];
    for (let after = 0; ; after = Number(found.at(-1)?.id)) {
      const filter = isPaged ? `{ _and: [{ id: { _gt: $after } }, ${where}] }` : where;
      const limit = isPaged ? `, limit: ${pageRows}` : "";
      const variables = isPaged ? ["$after: Int!", ...declared] : declared;
      const head = variables.length > 0 ? `query (${variables.join(", ")})` : "query";
      const question: Question = {
        query: `${head} { ${field}(where: ${filter}${limit}) { ${selection} } }`,
        variables: {
          after,
          ...Object.fromEntries(Object.entries(given).map(([name, [, value]]) => [name, value])),
        },
      };
      const { data, bytes } = await ask(url, question);
      const page = data[field] as readonly Row[];
      note(bytes, rowsIn(data));
      found.push(...page);
      if (!isPaged || page.length < pageRows) return found;
    }
  };
}

/** Those with many keys are asked in as many questions as an owner's `keysMax` needs. */
async function inChunks<Key>(
  keys: readonly Key[],
  asked: (chunk: readonly Key[]) => Promise<readonly Row[]>,
) {
  const found: Row[] = [];
  for (let at = 0; at < keys.length; at += 10_000) found.push(...(await asked(keys.slice(at, at + 10_000))));
  return found;
}

const named = (name: string): AcrossQuestion => {
  const question = tradeQuestions.find((each) => each.name === name);
  assert(question, `${name} is a question`);
  return question;
};

export const aviationClients: readonly Client[] = [
  {
    question: californiaByState,
    join: async (list) => {
      const airports = await list("airports", "{}", "iata state { code name }");
      const states = new Map(airports.map(({ iata, state }) => [iata, state as Row | null]));
      const origins = [...states].flatMap(([iata, state]) => (state?.code === "CA" ? [iata] : []));
      const flights = await list(
        "flights",
        "{ distance: { _gte: 500 }, origin: { iata: { _in: $origins } } }",
        "id date delay destination { iata }",
        { origins: ["[String!]!", origins] },
      );
      const groups = new Map<string, { state: unknown; month: string; count: number; delay: number }>();
      for (const { date, delay, destination } of flights) {
        const state = states.get((destination as Row).iata)?.name ?? null;
        const month = `${String(date).slice(0, 7)}-01`;
        const group = groups.get(`${month} ${state}`) ?? { state, month, count: 0, delay: 0 };
        groups.set(`${month} ${state}`, {
          ...group,
          count: group.count + 1,
          delay: group.delay + Number(delay),
        });
      }
      return [...groups.values()]
        .filter(({ count }) => count > 1000)
        .map(({ state, month, count, delay }) => [state, month, count, delay / count] as const)
        .sort((a, b) => b[3] - a[3])
        .slice(0, 10);
    },
  },
];

export const tradeClients: readonly Client[] = [
  {
    question: named("brands of large parts shipped in a month"),
    join: async (list) => {
      const where = `{ shipped: { _gte: "1995-03-01", _lt: "1995-04-01" } }`;
      const lines = await list("lineItems", where, "id quantity part { size brand }");
      const groups = new Map<string, { count: number; quantity: number }>();
      for (const { quantity, part } of lines) {
        const { size, brand } = part as { readonly size: number; readonly brand: string };
        if (size < 45) continue;
        const group = groups.get(brand) ?? { count: 0, quantity: 0 };
        groups.set(brand, { count: group.count + 1, quantity: group.quantity + Number(quantity) });
      }
      return Array.from(groups, ([brand, { count, quantity }]) => [brand, count, quantity / count] as const)
        .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
        .slice(0, 10);
    },
  },
  {
    question: named("urgent orders of a month from suppliers in Asia"),
    join: async (list) => {
      const where = `{ priority: { _eq: "1-URGENT" }, date: { _gte: "1996-01-01", _lt: "1996-02-01" } }`;
      const orders = await list("orders", where, "number");
      const suppliers = await list("suppliers", "{}", "id nation { region }");
      const asian = new Set(
        suppliers.flatMap(({ id, nation }) => ((nation as Row).region === "ASIA" ? [id] : [])),
      );
      const lines = await inChunks(
        orders.map(({ number }) => number),
        (numbers) =>
          list(
            "lineItems",
            "{ purchase: { number: { _in: $numbers } } }",
            "id price quantity supplier { id }",
            {
              numbers: ["[Int!]!", numbers],
            },
          ),
      );
      const kept = lines.filter(({ supplier }) => asian.has((supplier as Row).id));
      const cents = kept.reduce((sum, { price }) => sum + Math.round(Number(price) * 100), 0);
      const quantity = kept.reduce((sum, line) => sum + Number(line.quantity), 0);
      return [[kept.length, (cents / 100).toFixed(2), quantity / kept.length]];
    },
  },
];

/** The client's own answer, and what travelled to it. */
export async function runClient({ join }: Client, url: string): Promise<ClientWork> {
  let [bytes, brought] = [0, 0];
  const list = listing(url, (more, rows) => {
    bytes += more;
    brought += rows;
  });
  return { rows: await join(list), bytes, brought };
}
