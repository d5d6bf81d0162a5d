// The hottest operations and joins: one row each.
import { bytesInWords, countInWords, refusedInWords, shareInWords, timeInWords } from "./in-words.ts";
import type { Edge, Report } from "./read-cache.ts";

export const CacheTable = ({ report: { edges, edgesMeasured } }: { readonly report: Report }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
  <section className="cache-scroll" aria-label="Hottest operations and joins" tabIndex={0}>
    <table>
      <caption>
        Hottest operations and joins: {countInWords(edges.length)} of {countInWords(edgesMeasured)}, those
        that saved most first
      </caption>
      <thead>
        <tr>
          <th scope="col">Operation or join</th>
          <th scope="col">Asked</th>
          <th scope="col">Looked up</th>
          <th scope="col">Hits</th>
          <th scope="col">Hit ratio</th>
          <th scope="col">Written</th>
          <th scope="col">Time saved</th>
          <th scope="col">Not stored</th>
        </tr>
      </thead>
      <tbody>
        {edges.map((edge) => (
          <EdgeRow key={edge.edge} edge={edge} />
        ))}
      </tbody>
    </table>
  </section>
);

const EdgeRow = ({ edge }: { readonly edge: Edge }) => (
  <tr>
    <th scope="row">
      <code>{edge.edge}</code>
      {!edge.isWorth && <p>Seldom looked up: looking has cost more than it saved.</p>}
    </th>
    <td>{countInWords(edge.asked)}</td>
    <td>{countInWords(edge.looked)}</td>
    <td>{countInWords(edge.hits)}</td>
    <td>{shareInWords(edge.hits, edge.looked)}</td>
    <td>{bytesInWords(edge.storedBytes)}</td>
    <td>{timeInWords(edge.savedMs)}</td>
    <td>{refusedInWords(edge.refused)}</td>
  </tr>
);
