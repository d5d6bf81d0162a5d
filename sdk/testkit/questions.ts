// Questions as GraphQL and variables: values never stand in the text.
import type { Question, Variables } from "./ask.ts";
import type { SampleRow } from "./sample-row.ts";
import type { Subject, TestedColumn } from "./subject.ts";
import type { Where } from "./three-valued.ts";

export type ListArguments = {
  readonly where?: Where;
  readonly order?: readonly object[];
  readonly having?: Where;
  readonly limit?: number;
  readonly offset?: number;
  readonly timeZone?: string;
};

type Argument = keyof ListArguments;
const spelling: Readonly<Record<Argument, string>> = {
  where: "where",
  order: "order_by",
  having: "having",
  limit: "limit",
  offset: "offset",
  timeZone: "timeZone",
};

/** One field under the alias `rows`, with just the arguments that are given. */
export function fieldQuestion(
  field: string,
  args: ListArguments,
  selection: string,
  types: Readonly<Record<Argument, string>>,
): Question {
  const names = (Object.keys(args) as Argument[]).filter((name) => args[name] !== undefined);
  const declared = names.map((name) => `$${name}: ${types[name]}`).join(", ");
  const given = names.map((name) => `${spelling[name]}: $${name}`).join(", ");
  const query = `query ${declared && `(${declared}) `}{ rows: ${field}${given && `(${given})`} { ${selection} } }`;
  return { query, variables: args as Variables };
}

const plain = { limit: "Int", offset: "Int", timeZone: "String" };

export function listQuestion(subject: Subject, args: ListArguments, selection: string): Question {
  const { collection, whereType, orderType } = subject;
  const types = { ...plain, where: `${whereType}`, order: `[${orderType}!]`, having: "" };
  return fieldQuestion(collection.name, args, selection, types);
}

export function aggregateQuestion(subject: Subject, args: ListArguments, selection: string): Question {
  const { collection, whereType } = subject;
  const types = { ...plain, where: `${whereType}`, order: "", having: "" };
  return fieldQuestion(`${collection.aggregate}`, args, selection, types);
}

export function groupsQuestion(subject: Subject, args: ListArguments, selection: string): Question {
  const { collection, whereType, groupOrderType, havingType } = subject;
  const types = { ...plain, where: `${whereType}`, order: `[${groupOrderType}!]`, having: `${havingType}` };
  return fieldQuestion(`${collection.groups}`, args, selection, types);
}

/** `{ origin: { iata: value } }` of the column `origin.iata`. */
export function nest({ path }: Pick<TestedColumn, "path">, value: unknown): Where {
  return path.toReversed().reduce<unknown>((inner, step) => ({ [step]: inner }), value) as Where;
}

/** `origin { iata }` of the column `origin.iata`; `suffix` is that of a bucket. */
export function select({ path }: Pick<TestedColumn, "path">, suffix = ""): string {
  const [last, ...outer] = path.toReversed();
  return outer.reduce((inner, step) => `${step} { ${inner} }`, `${last}${suffix}`);
}

/** Fields of a key, as they are selected. */
export function keySelection(key: readonly TestedColumn[]): string {
  return key.map(({ path }) => path.at(-1)).join(" ");
}

/** The question, asked of these rows alone: what makes an answer small enough to be known beforehand. */
export function among(rows: readonly SampleRow[], { key }: Subject, where?: Where): Where {
  const [only, ...others] = key;
  const keys: Where =
    only && others.length === 0 && only.exact.includes("_in")
      ? { [only.name]: { _in: rows.map((row) => row.key[0]) } }
      : { _or: rows.map((row) => Object.fromEntries(key.map(({ name }, i) => [name, { _eq: row.key[i] }]))) };
  return where ? { _and: [keys, where] } : keys;
}
