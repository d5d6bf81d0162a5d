// A subgraph that is not of our making: any SDL, any resolvers, over HTTP.
import { buildSubgraphSchema } from "@apollo/subgraph";
import { graphql, parse } from "graphql";
import { answerJson, type HttpServer, httpServer, type Received } from "./http-server.ts";

/** A resolver is told who asks it. */
export type SubgraphResolvers = Readonly<
  Record<string, Readonly<Record<string, (parent: never, args: never, received: Received) => unknown>>>
>;

export function graphqlSubgraph(sdl: string, resolvers: SubgraphResolvers): Promise<HttpServer> {
  const schema = buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: resolvers as never });
  return httpServer(async (response, received) => {
    const { query, variables } = JSON.parse(received.body);
    const answer = await graphql({
      schema,
      source: query,
      variableValues: variables,
      contextValue: received,
    });
    answerJson(response, answer);
  });
}
