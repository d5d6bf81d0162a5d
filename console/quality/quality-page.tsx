// The page of quality: of each product what its contract's rules found last, what failed first.
import "../cache/cache.css";
import { AdminBar } from "../admin/admin-bar.tsx";
import { type Reading, useReading } from "../admin/use-reading.ts";
import { agoInWords, countInWords } from "../cache/in-words.ts";
import { type Quality, type Rule, readQuality } from "./read-quality.ts";

const refreshAfterMs = 10_000;

export const QualityPage = () => {
  const reading = useReading(readQuality, refreshAfterMs);
  return (
    <>
      <AdminBar path="/quality" verdict={verdictOn(reading)} />
      <main className="page cache">
        <h1>Quality</h1>
        {reading.kind === "unreachable" && <p className="notice">{reading.reason}</p>}
        {reading.kind === "read" && <QualityTable reports={reading.read} />}
      </main>
    </>
  );
};

const isPassed = ({ outcome }: Rule): boolean => outcome === "passed";

const verdictOn = (reading: Reading<readonly Quality[]>): string => {
  switch (reading.kind) {
    case "unread":
      return "Reading…";
    case "unreachable":
      return "The gateway does not tell";
    case "read":
      return verdictOnReports(reading.read);
  }
};

const verdictOnReports = (reports: readonly Quality[]): string => {
  const rules = reports.flatMap((report) => report.rules);
  if (rules.length === 0) return "Nothing was tested yet";
  return `${countInWords(rules.filter(isPassed).length)} of ${countInWords(rules.length)} rules hold`;
};

const QualityTable = ({ reports }: { readonly reports: readonly Quality[] }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
  <section className="cache-scroll" aria-label="Rules" tabIndex={0}>
    <table>
      <caption>Rules of the products' contracts, as last tested: what does not hold first</caption>
      <thead>
        <tr>
          <th scope="col">Rule</th>
          <th scope="col">Outcome</th>
          <th scope="col">Found</th>
          <th scope="col">Tested</th>
          <th scope="col">Product</th>
        </tr>
      </thead>
      <tbody>
        {rowsOf(reports).map(({ report, rule }) => (
          <tr key={`${report.product} ${rule.id}`}>
            <th scope="row">
              {rule.text}
              <p>
                <code>{rule.id}</code> {rule.dimension}
              </p>
            </th>
            <td>{outcomeInWords(rule)}</td>
            <td>{foundInWords(rule)}</td>
            <td>{agoInWords(report.at)}</td>
            <td>
              {report.product} {report.version}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

const rowsOf = (reports: readonly Quality[]) => {
  const rows = reports.flatMap((report) => report.rules.map((rule) => ({ report, rule })));
  return rows.sort((one, other) => Number(isPassed(one.rule)) - Number(isPassed(other.rule)));
};

const outcomeInWords = ({ outcome, severity }: Rule): string => {
  switch (outcome) {
    case "passed":
      return "holds";
    case "failed":
      return severity === "error" ? "does not hold" : "does not hold (warning)";
    case "error":
      return "could not be tested";
  }
};

const foundInWords = ({ value, expected }: Rule): string =>
  value === undefined ? "–" : expected === undefined ? value : `${value}, expected ${expected}`;
