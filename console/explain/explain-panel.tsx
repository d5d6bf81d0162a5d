// The panel beneath the result: how the question in the editor is answered, or would be.
import "./explain.css";
import { useGraphiQL } from "@graphiql/react";
import { useState } from "react";
import { answerOf } from "../ask/ask-gateway.ts";
import { ExplainTable } from "./explain-table.tsx";
import type { Explanation } from "./explanation.ts";

type Mode = "plan" | "analyze";

type Shown =
  | { readonly kind: "nothing" }
  | { readonly kind: "asking" }
  | { readonly kind: "problem"; readonly message: string }
  | { readonly kind: "explained"; readonly explanation: Explanation };

const answerWithinMs = 60_000;

/** "Plan" asks no subgraph; "Analyze" runs the question and counts. */
export const ExplainPanel = () => {
  const query = useGraphiQL(({ queryEditor }) => queryEditor);
  const variables = useGraphiQL(({ variableEditor }) => variableEditor);
  const headers = useGraphiQL(({ headerEditor }) => headerEditor);
  const operationName = useGraphiQL((state) => state.operationName);
  const [shown, setShown] = useState<Shown>({ kind: "nothing" });

  const explain = async (mode: Mode): Promise<void> => {
    setShown({ kind: "asking" });
    const question = {
      query: query?.getValue() ?? "",
      variables: variables?.getValue() ?? "",
      headers: headers?.getValue() ?? "",
      operationName,
    };
    setShown(await explained(question, mode));
  };

  return (
    <section className="explain" aria-label="Explain">
      <div className="explain-bar">
        <strong>Explain</strong>
        <button type="button" onClick={() => void explain("plan")}>
          Plan
        </button>
        <button type="button" onClick={() => void explain("analyze")}>
          Analyze
        </button>
        {shown.kind !== "nothing" && (
          <button type="button" onClick={() => setShown({ kind: "nothing" })}>
            Close
          </button>
        )}
      </div>
      {shown.kind === "asking" && <p role="status">Asking…</p>}
      {shown.kind === "problem" && <p role="alert">{shown.message}</p>}
      {shown.kind === "explained" && <ExplainTable explanation={shown.explanation} />}
    </section>
  );
};

type Asked = {
  readonly query: string;
  readonly variables: string;
  readonly headers: string;
  readonly operationName: string | undefined;
};

const explained = async (asked: Asked, explain: Mode): Promise<Shown> => {
  const variables = jsonOf(asked.variables);
  const headers = jsonOf(asked.headers);
  if (!variables || !headers)
    return { kind: "problem", message: "The variables or the headers are no JSON object." };
  const { query, operationName } = asked;
  const operation = { query, variables, operationName: operationName ?? null, extensions: { explain } };
  const { errors, extensions } = await answerOf(operation, headers, AbortSignal.timeout(answerWithinMs));
  const explanation = (extensions as { readonly explain?: Explanation } | undefined)?.explain;
  if (explanation) return { kind: "explained", explanation };
  return { kind: "problem", message: errors?.[0]?.message ?? "The gateway explains nothing." };
};

const jsonOf = (text: string): Record<string, string> | undefined => {
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, string>) : undefined;
  } catch {
    return undefined;
  }
};
