// One line on the mesh: a verdict in words, and a dot for each subgraph.
import type { Mesh, Subgraph, SubgraphStatus } from "./read-mesh.ts";
import { useMesh } from "./use-mesh.ts";

const inWords: Record<SubgraphStatus, string> = {
  live: "live",
  "last-known": "last known schema",
  missing: "missing",
};

const verdictOn = (mesh: Mesh): string => {
  switch (mesh.kind) {
    case "unread":
      return "Reading mesh status…";
    case "unreachable":
      return "Mesh status unknown";
    case "read":
      return mesh.ready ? "Mesh ready" : "Mesh not ready";
  }
};

const detailOf = ({ name, status, reason }: Subgraph): string =>
  [`${name}: ${inWords[status]}`, reason].filter((line) => line !== undefined).join("\n");

const SubgraphDot = ({ subgraph }: { readonly subgraph: Subgraph }) => (
  <li title={detailOf(subgraph)} data-status={subgraph.status}>
    <span className="dot" aria-hidden="true" />
    {subgraph.name}
    <span className="unseen">
      {`: ${inWords[subgraph.status]}`}
      {subgraph.reason !== undefined && `, ${subgraph.reason}`}
    </span>
  </li>
);

/** The status line. A change of verdict is announced; the dots are read on demand. */
export const MeshStatus = () => {
  const mesh = useMesh();
  return (
    <section className="mesh-status" aria-label="Mesh status">
      <span role="status" title={mesh.kind === "unreachable" ? mesh.reason : undefined}>
        {verdictOn(mesh)}
      </span>
      {mesh.kind === "read" && (
        <ul aria-label="Subgraphs">
          {mesh.subgraphs.map((subgraph) => (
            <SubgraphDot key={subgraph.name} subgraph={subgraph} />
          ))}
        </ul>
      )}
    </section>
  );
};
