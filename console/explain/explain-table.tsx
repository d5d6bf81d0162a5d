// A plan as a table: a node a row, indented, with its counts, and its time as a bar.
import { type Actual, type ExplainLine, type Explanation, linesOf } from "./explanation.ts";

/** Columns of counts are there only of a question that was run. */
export const ExplainTable = ({ explanation }: { readonly explanation: Explanation }) => {
  const lines = linesOf(explanation);
  const isRun = explanation.tree.actual !== undefined;
  return (
    <div className="explain-scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Node</th>
            {isRun && (
              <>
                <th scope="col">Rows</th>
                <th scope="col">Requests</th>
                <th scope="col">Bytes</th>
                <th scope="col">Time</th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of one explanation never move
            <ExplainRow key={i} line={line} isRun={isRun} />
          ))}
        </tbody>
      </table>
    </div>
  );
};

/** Those that were on their way already are not sent again. */
const requestsOf = ({ requests, shared }: Actual): string =>
  [requests > 0 && `${requests}`, shared && `${shared} shared`].filter((part) => part).join(", ");

const ExplainRow = ({ line, isRun }: { readonly line: ExplainLine; readonly isRun: boolean }) => {
  const { text, depth, why, actual, bar } = line;
  return (
    <tr>
      <td style={{ paddingInlineStart: `${0.5 + depth}rem` }}>
        <code>{text}</code>
        {why.map((reason) => (
          <p key={reason}>{reason}</p>
        ))}
      </td>
      {isRun && (
        <>
          <td>{actual?.rows ?? actual?.keys}</td>
          <td>{actual && requestsOf(actual)}</td>
          <td>{actual?.bytes || undefined}</td>
          <td className="explain-time">
            {actual && `${actual.tookMs.toFixed(1)} ms`}
            {bar && (
              <span
                className="explain-span"
                aria-hidden="true"
                style={{ marginInlineStart: `${bar.left}%`, width: `${bar.width}%` }}
              />
            )}
          </td>
        </>
      )}
    </tr>
  );
};
