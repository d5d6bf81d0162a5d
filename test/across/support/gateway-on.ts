// A gateway on a mesh that the tests brought up, with the planner's rules or without.
import { type TestGateway, testGateway } from "../../gateway/support/test-gateway.ts";
import type { Mesh } from "./trade-mesh.ts";

/** Without rules every question has the same answer, found the plain way: whole collections are brought and joined here. */
export type Rules = "all" | "none";

export async function gatewayOn({ subgraphs }: Pick<Mesh, "subgraphs">, rules: Rules): Promise<TestGateway> {
  const gateway = await testGateway({ subgraphs, ...(rules === "none" && { rules: [] }) });
  await gateway.live();
  return gateway;
}
