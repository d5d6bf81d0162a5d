// A quality rule as one question of aggregates and groups, and how its answer is measured. No row is asked for.
import type {
  DeclaredColumn,
  DeclaredEntity,
  DeclaredProduct,
} from "../../schema/contract/declared-product.ts";
import { expectationText, holds, holdsFrom } from "../../schema/contract/expectation.ts";
import type { Measure, RuleCheck } from "../../schema/contract/quality-rule.ts";
import { generatedNames } from "../../schema/product/generated-names.ts";
import { columnLiteral, grouped, isNull, type Predicate, passes, Unsayable } from "./column-predicate.ts";
import type { Reaching } from "./target-column.ts";
import { EnumValue, type Literal, writeLiteral } from "./write-literal.ts";

/** What was measured, against what had to be. */
export type Verdict = {
  readonly passed: boolean;
  readonly value: string;
  readonly expected: string;
  readonly rowsChecked?: number;
};

/** Whatever a question selected. */
// biome-ignore lint/suspicious/noExplicitAny: the shape of an answer is the question's
export type Tree = any;

export type RuleQuestion = {
  /** The port for the product's own rows; the gateway for what reaches into another product. */
  readonly to: "port" | "gateway";
  /** Where a column of the target is needed, it is looked up first. */
  readonly needs?: Reaching;
  readonly query: (targetColumn: string | undefined) => string;
  /** @throws Unsayable where the answer does not decide */
  readonly judge: (data: Tree) => Verdict;
};

/** Groups of repeated values that one answer may have. */
const groupsMax = 10_000;

/** The question of a rule that can be run. @throws Unsayable */
export function questionOf(
  check: Exclude<RuleCheck, { kind: "none" | "told" }>,
  declared: DeclaredProduct,
  now: () => number,
): RuleQuestion {
  const entity = declared.entities.get(check.entity);
  if (!entity) throw new Unsayable(`${check.entity} is no entity of the product`);
  switch (check.kind) {
    case "measure":
      return measureQuestion(check, entity);
    case "reference":
      return referenceQuestion(entity, check.reference);
    case "freshness":
      return freshnessQuestion(entity, now);
  }
}

type MeasureCheck = Extract<RuleCheck, { kind: "measure" }>;

function measureQuestion({ measure, unit, expectation }: MeasureCheck, entity: DeclaredEntity): RuleQuestion {
  const total = `total: ${aggregateOf(entity)} { aggregate { count } }`;
  const { fields, count } = counting(measure, entity);
  const expected = expectationText(expectation, unit);
  const amount = (value: number) => (unit === "percent" ? `${Number(value.toFixed(4))} %` : String(value));
  return {
    to: "port",
    query: () => `query quality { ${[...fields, total].join(" ")} }`,
    judge: (data) => {
      const rows: number = data.total.aggregate.count;
      const measured = (found: number) =>
        unit === "percent" ? (rows === 0 ? 0 : (found * 100) / rows) : found;
      const found = count(data);
      const value = measured(found.rows);
      const said = { value: amount(value), expected, rowsChecked: rows };
      if (found.whole) return { passed: holds(expectation, value), ...said };
      const passed = holdsFrom(expectation, value);
      if (passed === undefined) throw new Unsayable(`more than ${groupsMax} values are repeated`);
      return { passed, ...said, value: `at least ${amount(value)}` };
    },
  };
}

type Counting = {
  readonly fields: readonly string[];
  /** Rows that were found; not whole = there may be more. */
  readonly count: (data: Tree) => { readonly rows: number; readonly whole: boolean };
};

function counting(measure: Measure, entity: DeclaredEntity): Counting {
  switch (measure.kind) {
    case "rows":
      return { fields: [], count: (data) => ({ rows: data.total.aggregate.count, whole: true }) };
    case "nulls":
      return countWhere(entity, isNull(entity, columnOf(entity, measure.column)));
    case "missing": {
      const column = columnOf(entity, measure.column);
      const values = measure.values.filter((value) => value !== null);
      const listed = passes(entity, column, { _in: values.map((value) => columnLiteral(column, value)) });
      const nulls = values.length < measure.values.length ? [isNull(entity, column)] : [];
      return countWhere(entity, { _or: [listed, ...nulls] });
    }
    case "invalid":
      return countWhere(entity, invalidWhere(entity, columnOf(entity, measure.column), measure));
    case "duplicates": {
      const columns = measure.columns.map((name) => columnOf(entity, name));
      const [only] = columns;
      return columns.length === 1 && only ? repeatedValues(entity, only) : repeatedKeys(entity, columns);
    }
  }
}

function countWhere(entity: DeclaredEntity, where: Predicate): Counting {
  return {
    fields: [`found: ${aggregateOf(entity)}(where: ${writeLiteral(where)}) { aggregate { count } }`],
    count: (data) => ({ rows: data.found.aggregate.count, whole: true }),
  };
}

function invalidWhere(
  entity: DeclaredEntity,
  column: DeclaredColumn,
  { values, like }: Extract<Measure, { kind: "invalid" }>,
): Predicate {
  const listed = values?.filter((value) => value !== null).map((value) => columnLiteral(column, value));
  if (like !== undefined && column.type !== "String" && column.type !== "ID")
    throw new Unsayable(`${column.name} is no text, and only text has a pattern`);
  const valid: Predicate = {
    ...(listed && { _in: listed }),
    ...(like !== undefined && { _like: like }),
  };
  return { _not: { _or: [isNull(entity, column), passes(entity, column, valid)] } };
}

/** Rows with a value, less the values that there are. */
function repeatedValues(entity: DeclaredEntity, { name }: DeclaredColumn): Counting {
  const column = writeLiteral(new EnumValue(name));
  return {
    fields: [
      `repeated: ${aggregateOf(entity)} { aggregate { rows: count(column: ${column}) values: count(column: ${column}, distinct: true) } }`,
    ],
    count: ({ repeated: { aggregate } }) => ({ rows: aggregate.rows - aggregate.values, whole: true }),
  };
}

function repeatedKeys(entity: DeclaredEntity, columns: readonly DeclaredColumn[]): Counting {
  const groups = entity.collection?.groups;
  if (groups === undefined) throw new Unsayable(`${entity.name} offers no groups`);
  const where: Literal = { _not: { _or: columns.map((column) => isNull(entity, column)) } };
  const having: Literal = { count: { _gt: 1 } };
  const by = columns.map((column) => grouped(entity, column)).join(" ");
  const given = `where: ${writeLiteral(where)}, having: ${writeLiteral(having)}, limit: ${groupsMax}`;
  return {
    fields: [`repeated: ${groups}(${given}) { by { ${by} } aggregate { count } }`],
    count: ({ repeated }: { repeated: readonly { aggregate: { count: number } }[] }) => ({
      rows: repeated.reduce((sum, { aggregate }) => sum + aggregate.count - 1, 0),
      whole: repeated.length < groupsMax,
    }),
  };
}

function referenceQuestion(entity: DeclaredEntity, name: string): RuleQuestion {
  const reference = entity.references.get(name);
  if (!reference) throw new Unsayable(`${entity.name} has no reference ${name}`);
  const aggregate = aggregateOf(entity);
  const leading: Predicate = { [name]: { _is_null: false } };
  const counted = (alias: string, where: Predicate) =>
    `${alias}: ${aggregate}(where: ${writeLiteral(where)}) { aggregate { count } }`;
  return {
    to: reference.own ? "port" : "gateway",
    ...(!reference.own && {
      needs: {
        where: generatedNames(entity.collection?.name ?? "").boolExp,
        reference: name,
        target: reference.target,
        key: reference.key.map(({ field }) => field),
      },
    }),
    query: (targetColumn) => {
      const dangling: Predicate = { ...leading, _not: { [name]: anyValue(targetColumn) } };
      return `query quality { ${counted("found", dangling)} ${counted("total", leading)} }`;
    },
    judge: ({ found, total }) => ({
      passed: found.aggregate.count === 0,
      value: String(found.aggregate.count),
      expected: "0",
      rowsChecked: total.aggregate.count,
    }),
  };
}

/** True of every row that is there. Of no column it is that of the product's own: `{}` asks whether there is one. */
function anyValue(column: string | undefined): Predicate {
  return column === undefined
    ? {}
    : { _or: [true, false].map((isNone) => ({ [column]: { _is_null: isNone } })) };
}

function freshnessQuestion({ name, freshness }: DeclaredEntity, now: () => number): RuleQuestion {
  if (freshness?.watermark === undefined)
    throw new Unsayable(`no watermark says how far the source of ${name} has got`);
  const { sloMs, watermark } = freshness;
  return {
    to: "port",
    query: () => `query quality { watermark: ${watermark} }`,
    judge: ({ watermark: at }) => {
      if (typeof at !== "string") throw new Unsayable("the watermark is null: the source has no rows");
      const ageMs = now() - Date.parse(at);
      return {
        passed: ageMs <= sloMs,
        value: `${ageText(ageMs)} old`,
        expected: `at most ${ageText(sloMs)} old`,
      };
    },
  };
}

/** In the largest unit that there is at least one of, to a tenth. */
function ageText(ms: number): string {
  const [unit, of] = (
    [
      ["d", 86_400_000],
      ["h", 3_600_000],
      ["min", 60_000],
    ] as const
  ).find(([, each]) => Math.abs(ms) >= each) ?? ["s", 1_000];
  return `${Number((ms / of).toFixed(1))} ${unit}`;
}

function columnOf(entity: DeclaredEntity, name: string): DeclaredColumn {
  const column = entity.columns.get(name);
  if (!column) throw new Unsayable(`${entity.name} has no column ${name}`);
  return column;
}

function aggregateOf({ name, collection }: DeclaredEntity): string {
  if (!collection) throw new Unsayable(`${name} has no list of the dialect weft`);
  if (collection.aggregate === undefined) throw new Unsayable(`${name} offers no aggregates`);
  return collection.aggregate;
}
