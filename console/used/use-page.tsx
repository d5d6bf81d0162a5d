// The page of use: what is deprecated and who still uses it, and the operations that were asked last.
import "../cache/cache.css";
import { AdminBar } from "../admin/admin-bar.tsx";
import { type Reading, useReading } from "../admin/use-reading.ts";
import { agoInWords, countInWords } from "../cache/in-words.ts";
import {
  type Deprecated,
  operationsShown,
  readUse,
  type UsedOperation,
  type UseRead,
  type User,
} from "./read-use.ts";

const refreshAfterMs = 10_000;

export const UsePage = () => {
  const reading = useReading(readUse, refreshAfterMs);
  return (
    <>
      <AdminBar path="/use" verdict={verdictOn(reading)} />
      <main className="page cache">
        <h1>Use</h1>
        {reading.kind === "unreachable" && <p className="notice">{reading.reason}</p>}
        {reading.kind === "read" && reading.read.kind === "recorded" && (
          <>
            <DeprecatedTable deprecated={reading.read.deprecated} unusedDays={reading.read.unusedDays} />
            <OperationsTable operations={reading.read.operations} />
          </>
        )}
      </main>
    </>
  );
};

const verdictOn = (reading: Reading<UseRead>): string => {
  switch (reading.kind) {
    case "unread":
      return "Reading…";
    case "unreachable":
      return "The gateway does not tell";
    case "read":
      return reading.read.kind === "disabled" ? "Nothing is recorded" : verdictOnRecord(reading.read);
  }
};

const verdictOnRecord = ({ since, forgotten }: Extract<UseRead, { readonly kind: "recorded" }>): string =>
  forgotten === 0
    ? `Recorded whole since ${since.slice(0, 10)}`
    : `Recorded since ${since.slice(0, 10)}, ${countInWords(forgotten)} operations forgotten`;

const DeprecatedTable = ({
  deprecated,
  unusedDays,
}: {
  readonly deprecated: readonly Deprecated[];
  readonly unusedDays: number;
}) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
  <section className="cache-scroll" aria-label="Deprecated" tabIndex={0}>
    <table>
      <caption>
        Deprecated: {countInWords(deprecated.length)}, those still used first, then what ends first
      </caption>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">Ends</th>
          <th scope="col">Last seen</th>
          <th scope="col">Used by</th>
        </tr>
      </thead>
      <tbody>
        {usedFirst(deprecated).map((each) => (
          <tr key={each.coordinate}>
            <th scope="row">
              <code>{each.coordinate}</code>
              {each.replacement !== null && <p>Use {each.replacement}.</p>}
            </th>
            <td>{each.ends ?? "–"}</td>
            <td>{each.lastSeen === null ? "–" : agoInWords(each.lastSeen)}</td>
            <td>{usersInWords(each, unusedDays)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

const usedFirst = (deprecated: readonly Deprecated[]): readonly Deprecated[] => [
  ...deprecated.filter(({ users }) => users.length > 0),
  ...deprecated.filter(({ users }) => users.length === 0),
];

const usersInWords = ({ users, canGo }: Deprecated, unusedDays: number): string => {
  if (canGo) return `Nobody for ${countInWords(unusedDays)} days: it can go`;
  const clients = [...new Set(users.map(({ client }) => client))];
  return clients.length === 0 ? "Nobody yet" : clients.join(", ");
};

const OperationsTable = ({ operations }: { readonly operations: readonly UsedOperation[] }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
  <section className="cache-scroll" aria-label="Operations" tabIndex={0}>
    <table>
      <caption>Operations: the last {countInWords(operationsShown)} that were seen at most</caption>
      <thead>
        <tr>
          <th scope="col">Operation</th>
          <th scope="col">Asked</th>
          <th scope="col">Last seen</th>
          <th scope="col">Client</th>
        </tr>
      </thead>
      <tbody>
        {operations.map((each) => (
          <tr key={`${each.client} ${each.operation.name} ${each.operation.hash}`}>
            <th scope="row">
              <code>{nameOf(each)}</code>
              <details>
                <summary>{countInWords(each.coordinates.length)} names</summary>
                <p>{each.coordinates.join(", ")}</p>
              </details>
            </th>
            <td>{countInWords(each.count)}</td>
            <td>{agoInWords(each.lastSeen)}</td>
            <td>{each.client}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

const nameOf = ({ operation: { name, hash } }: User): string => `${name ?? "(no name)"} ${hash.slice(0, 8)}`;
