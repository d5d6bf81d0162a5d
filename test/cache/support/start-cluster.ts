// A Redis Cluster of the test's own, whatever its servers speak.
import getPort from "get-port";

type Server = {
  readonly port: number;
  readonly ask: (command: string, ...args: (string | number)[]) => Promise<unknown>;
};

/** `busPort`: where others of the Cluster reach it. */
export type ClusterNode<Of> = Of & { readonly busPort: number };

type Start<Of> = (flags: readonly string[]) => Promise<Of>;

/** Two masters that share the slots. */
export async function startCluster<Of extends Server>(
  start: Start<Of>,
): Promise<readonly [ClusterNode<Of>, ClusterNode<Of>]> {
  const [a, b] = await Promise.all([startNode(start), startNode(start)]);
  await a.ask("CLUSTER", "ADDSLOTSRANGE", 0, 8000);
  await b.ask("CLUSTER", "ADDSLOTSRANGE", 8001, 16383);
  await b.ask("CLUSTER", "SET-CONFIG-EPOCH", 2);
  await meet(a, b);
  for (const server of [a, b])
    while (!String(await server.ask("CLUSTER", "INFO")).includes("cluster_state:ok"))
      await new Promise((resolve) => setTimeout(resolve, 20));
  return [a, b];
}

/** By itself Redis takes its port and 10,000 more for the bus, where there may be none. */
export async function startNode<Of extends Server>(start: Start<Of>): Promise<ClusterNode<Of>> {
  const busPort = await getPort({ host: "127.0.0.1" });
  const flags = ["--cluster-enabled", "yes", "--cluster-node-timeout", "2000", "--cluster-port"];
  return { ...(await start([...flags, String(busPort)])), busPort };
}

export async function meet(one: Server, { port, busPort }: ClusterNode<Server>): Promise<void> {
  await one.ask("CLUSTER", "MEET", "127.0.0.1", port, busPort);
}
