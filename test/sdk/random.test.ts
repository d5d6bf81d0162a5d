// Random questions: DuckDB and PostgreSQL answer each of them alike, and as the SQL written beside it does.
import fc from "fast-check";
import { describe, expect, inject, test } from "vitest";
import { type AskedPort, askedPort } from "./support/asking.ts";
import { moreSpecimens } from "./support/more-specimens.ts";
import { museum, museumTables } from "./support/museum.ts";
import { museumOnPostgres } from "./support/museum-port.ts";
import { ids } from "./support/museum-test.ts";
import { type Oracle, openOracle } from "./support/oracle.ts";
import { type Groups, groups } from "./support/random-groups.ts";
import { ordered, page, specimen } from "./support/random-where.ts";

type Engines = {
  /** The answer of both engines, which is one. */
  readonly ask: AskedPort["ask"];
  readonly oracle: Oracle;
};

const tables = [...museumTables, ...moreSpecimens];

const it = test.extend<Engines>({
  ask: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names in the pattern
    async ({}, use) => {
      await using onDuckDB = await askedPort(museum({ tables }));
      await using onPostgres = await museumOnPostgres(inject("postgresUrl"), { tables });
      await use(async (query, variables) => {
        const [one, other] = await Promise.all([
          onDuckDB.ask(query, variables),
          onPostgres.ask(query, variables),
        ]);
        expect(other).toEqual(one);
        return one;
      });
    },
    { scope: "file" },
  ],
  oracle: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names in the pattern
    async ({}, use) => {
      await using oracle = await openOracle(tables);
      await use(oracle);
    },
    { scope: "file" },
  ],
});

/** `npm run test:long` asks many more. */
const runs = process.env.WEFT_TEST_LONG === undefined ? 500 : 20_000;
const options = { timeout: 100_000 + 100 * runs };
const sampling = { seed: 20260101, numRuns: runs };
const rowsOf = ({ limit, offset }: { limit: number | null; offset: number | null }) =>
  `limit ${limit ?? 1_000} offset ${offset ?? 0}`;

describe("a random question", () => {
  it("for a list has one answer", options, async ({ ask, oracle }) => {
    const query = `query ($where: specimens_bool_exp, $order: [specimens_order_by!], $limit: Int, $offset: Int) {
      specimens(where: $where, order_by: $order, limit: $limit, offset: $offset) {
        id small big ratio price title flag tag day moment clock kind
      }
      specimens_aggregate(where: $where) { aggregate { count } }
    }`;
    const questions = fc.tuple(specimen("s", 2), fc.array(ordered, { maxLength: 3 }), page);
    await fc.assert(
      fc.asyncProperty(questions, async ([where, order, paged]) => {
        const answer = await ask(query, {
          where: where.input,
          order: order.map(({ input }) => input),
          ...paged,
        });
        const rows = await oracle.column(`select id from specimens s where ${where.sql}
          order by ${[...order.map(({ sql }) => sql), "id"]} ${rowsOf(paged)}`);
        expect(ids(answer.specimens)).toEqual(rows);
        const [[count] = []] = await oracle.rows(`select count(*) from specimens s where ${where.sql}`);
        expect(answer.specimens_aggregate.aggregate.count).toBe(count);
      }),
      sampling,
    );
  });

  it("for groups has one answer", options, async ({ ask, oracle }) => {
    const query = ({ keys }: Groups) => `
      query ($where: specimens_bool_exp, $having: specimens_having_exp, $order: [specimens_group_order_by!],
        $limit: Int, $offset: Int, $timeZone: String) {
        specimens_groups(where: $where, having: $having, order_by: $order, limit: $limit, offset: $offset, timeZone: $timeZone) {
          by { ${keys.map(({ select }) => select).join(" ")} }
          aggregate {
            count tags: count(column: tag, distinct: true) sum { small big price } avg { small }
            min { title big day moment } max { title price ratio clock }
          }
        }
      }`;
    const questions = fc.tuple(specimen("s", 1), groups, page);
    await fc.assert(
      fc.asyncProperty(questions, async ([where, question, paged]) => {
        const { keys, having, order, timeZone } = question;
        const { specimens_groups } = await ask(query(question), {
          where: where.input,
          having: having.input,
          order: order.map(({ input }) => input),
          timeZone,
          ...paged,
        });
        const rows = await oracle.rows(`
          select ${keys.map(({ sql }) => sql)}, count(*), count(distinct s.tag), sum(s.big)::varchar, max(s."the title")
          from specimens s where ${where.sql} group by ${keys.flatMap(({ sql, sortSql }) => [sql, sortSql])}
          having ${having.sql}
          order by ${[...order.map(({ sql }) => sql), ...keys.map(({ sortSql }) => `${sortSql} asc nulls last`)]} ${rowsOf(paged)}`);
        expect(
          specimens_groups.map(({ by, aggregate }: Group) => [
            ...keys.map(({ path }) => textAt(by, path)),
            aggregate.count,
            aggregate.tags,
            aggregate.sum.big,
            aggregate.max.title,
          ]),
        ).toEqual(rows);
      }),
      sampling,
    );
  });

  it("for pages of to-manies has one answer", options, async ({ ask, oracle }) => {
    const query = `query ($where: specimens_bool_exp, $inner: specimens_bool_exp, $order: [specimens_order_by!], $limit: Int, $offset: Int) {
      specimens(where: $where) {
        id
        children(where: $inner, order_by: $order, limit: $limit, offset: $offset) { id title shelf { label keeper { name } } }
        children_aggregate(where: $inner) { aggregate { count sum { big price } max { title } } }
      }
    }`;
    const small = fc.record({
      limit: fc.option(fc.nat(4), { nil: null }),
      offset: fc.option(fc.nat(3), { nil: null }),
    });
    const questions = fc.tuple(
      specimen("p", 1),
      specimen("s", 1),
      fc.array(ordered, { maxLength: 2 }),
      small,
    );
    await fc.assert(
      fc.asyncProperty(questions, async ([where, inner, order, paged]) => {
        const { specimens } = await ask(query, {
          where: where.input,
          inner: inner.input,
          order: order.map(({ input }) => input),
          ...paged,
        });
        const { limit, offset } = paged;
        const ranked = `select s.parent, s.id, row_number() over (partition by s.parent
          order by ${[...order.map(({ sql }) => sql), "s.id"]}) as rank from specimens s where ${inner.sql}`;
        const pairs = await oracle.rows(`select p.id, c.id from specimens p left join (${ranked}) c
          on c.parent = p.id and c.rank > ${offset ?? 0} and c.rank <= ${(offset ?? 0) + (limit ?? 1_000)}
          where ${where.sql} order by p.id, c.rank`);
        expect(
          specimens.flatMap(({ id, children }: Parent) =>
            children.length === 0 ? [[id, null]] : children.map((child) => [id, child.id]),
          ),
        ).toEqual(pairs);
        const sums = await oracle.rows(`select count(s.id), sum(s.big)::varchar, max(s."the title")
          from specimens p left join specimens s on s.parent = p.id and ${inner.sql}
          where ${where.sql} group by p.id order by p.id`);
        expect(
          specimens.map(({ children_aggregate: { aggregate: of } }: Parent) => [
            of.count,
            of.sum.big,
            of.max.title,
          ]),
        ).toEqual(sums);
      }),
      sampling,
    );
  });
});

function textAt(by: object, path: readonly string[]): string | null {
  const value = path.reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], by);
  return value === null ? null : String(value);
}

type Sums = {
  readonly count: number;
  readonly tags: number;
  readonly sum: { readonly big: string | null };
  readonly max: { readonly title: string | null };
};
type Group = { readonly by: object; readonly aggregate: Sums };
type Parent = {
  readonly id: number;
  readonly children: readonly { readonly id: number }[];
  readonly children_aggregate: { readonly aggregate: Sums };
};
