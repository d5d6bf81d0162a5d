// Reads the gateway's readiness: is it ready, and how is each subgraph?

const statuses = ["live", "last-known", "missing"] as const;

/** `live`: what it says now is served; `last-known`: an earlier schema of it is; `missing`: nothing of it is. */
export type SubgraphStatus = (typeof statuses)[number];

export type Subgraph = {
  readonly name: string;
  readonly status: SubgraphStatus;
  readonly reason?: string;
};

export type Mesh =
  | { readonly kind: "unread" }
  | { readonly kind: "unreachable"; readonly reason: string }
  | { readonly kind: "read"; readonly ready: boolean; readonly subgraphs: readonly Subgraph[] };

const isSubgraph = (value: unknown): value is Subgraph => {
  if (typeof value !== "object" || value === null) return false;
  const { name, status, reason } = value as Record<keyof Subgraph, unknown>;
  return (
    typeof name === "string" &&
    statuses.some((known) => known === status) &&
    (reason === undefined || typeof reason === "string")
  );
};

const meshFromAnswer = (answer: unknown): Mesh => {
  const { ready, subgraphs } = (answer ?? {}) as { ready?: unknown; subgraphs?: unknown };
  if (typeof ready !== "boolean" || !Array.isArray(subgraphs) || !subgraphs.every(isSubgraph))
    return { kind: "unreachable", reason: "/readyz gave an answer the console cannot read" };
  return { kind: "read", ready, subgraphs };
};

/** What `/readyz` says. Never rejects: no answer is `unreachable`; a 503 carries the same body and is read as one. */
export const readMesh = async ({ signal }: { readonly signal: AbortSignal }): Promise<Mesh> => {
  try {
    const response = await fetch("/readyz", {
      signal,
      headers: { accept: "application/json" },
      cache: "no-store",
    });
    return meshFromAnswer(await response.json());
  } catch (thrown) {
    return { kind: "unreachable", reason: thrown instanceof Error ? thrown.message : String(thrown) };
  }
};
