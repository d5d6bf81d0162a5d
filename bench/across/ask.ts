// Asks a gateway, and compares what it answers with the rows of a statement.

export type Question = { readonly query: string; readonly variables?: Readonly<Record<string, unknown>> };

export type Asked = { readonly data: Readonly<Record<string, unknown>>; readonly bytes: number };

/** Of a question that was not answered. */
export class Refused extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

/** `bytes`: of question and answer, without headers. @throws Refused where the answer has errors */
export async function ask(url: string, question: Question): Promise<Asked> {
  const body = JSON.stringify(question);
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  const text = await response.text();
  const { data, errors } = JSON.parse(text);
  const [error] = errors ?? [];
  if (error) throw new Refused(error.extensions?.code ?? "", error.message);
  return { data, bytes: body.length + Buffer.byteLength(text) };
}

/** The answer to a question's only field as rows: of each object its leaves, in the order of their selection. */
export function rowsOf(data: Readonly<Record<string, unknown>>): readonly (readonly unknown[])[] {
  const [field] = Object.values(data);
  return [field].flat().map(leavesOf);
}

function leavesOf(value: unknown): readonly unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leavesOf) : [value];
}

/** @throws Error that names the first difference. Floats may differ by 1e-9 of themselves. */
export function assertSame(
  what: string,
  answer: readonly (readonly unknown[])[],
  expected: readonly (readonly unknown[])[],
): void {
  if (answer.length !== expected.length)
    throw new Error(`${what}: ${answer.length} rows, and ${expected.length} expected`);
  for (const [i, row] of expected.entries())
    for (const [j, value] of row.entries())
      if (!same(answer[i]?.[j], value))
        throw new Error(
          `${what}: row ${i} is ${JSON.stringify(answer[i])}, and expected ${JSON.stringify(row)}`,
        );
}

function same(one: unknown, other: unknown): boolean {
  if (typeof one === "number" && typeof other === "number")
    return Math.abs(one - other) <= 1e-9 * Math.max(Math.abs(one), Math.abs(other));
  return written(one) === written(other);
}

/** The driver writes decimals with all their digits. */
function written(value: unknown): string {
  const text = String(value);
  return /^-?\d+\.\d*0+$/.test(text) ? text.replace(/\.?0+$/, "") : text;
}
