// Apollo Gateway behind Apollo Server's standalone server, as they come, but for the telemetry, which stays home.
import { readFileSync } from "node:fs";

process.env.APOLLO_TELEMETRY_DISABLED = "true";
const { ApolloGateway } = await import("@apollo/gateway");
const { ApolloServer } = await import("@apollo/server");
const { startStandaloneServer } = await import("@apollo/server/standalone");

const supergraphSdl = readFileSync(process.argv[2] as string, "utf8");
const server = new ApolloServer({ gateway: new ApolloGateway({ supergraphSdl }) });
const { url } = await startStandaloneServer(server, { listen: { port: 0, host: "127.0.0.1" } });
console.log(`listening at ${url}`);
