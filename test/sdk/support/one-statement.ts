// Statements of one text column, run on an engine itself.
import type { Engine, Statement } from "../../../sdk/sql/engine.ts";

export const statement = (text: string, rowsMax = 100): Statement => ({
  sql: text,
  parameters: [],
  output: [{ name: "only", scalar: "String" }],
  rowsMax,
  at: "test",
});
export const patient = new AbortController().signal;
export const only = async (engine: Engine, text: string) =>
  (await engine.run(statement(text), { signal: patient })).map((row) => row.only);
export const code = (failing: Promise<unknown>): Promise<string> =>
  failing.then(
    () => "no error",
    (failure) => failure.code ?? String(failure),
  );
