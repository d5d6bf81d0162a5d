// The same questions through a stock federation gateway on the same supergraph: the same data, byte for byte.
import { ApolloGateway } from "@apollo/gateway";
import { ApolloServer } from "@apollo/server";
import { describe, expect, inject, test } from "vitest";
import { compose } from "../../schema/compose/compose.ts";
import { askMesh } from "./support/ask-mesh.ts";

type Stock = { readonly ask: (query: string) => Promise<unknown> };

async function supergraphSdl(): Promise<string> {
  const subgraphs = Object.entries(inject("productUrls")).map(async ([name, url]) => {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "{ _service { sdl } }" }),
    });
    const { data } = (await response.json()) as { data: { _service: { sdl: string } } };
    return { name, url, sdl: data._service.sdl };
  });
  const composition = compose(await Promise.all(subgraphs));
  if (composition.kind === "refused") throw new Error(composition.problems.join("\n"));
  return composition.supergraphSdl;
}

const withStock = test.extend<{ stock: Stock }>({
  stock: [
    // biome-ignore lint/correctness/noEmptyPattern: a fixture names what it needs, which is nothing
    async ({}, use) => {
      process.env.APOLLO_TELEMETRY_DISABLED = "true";
      const server = new ApolloServer({
        gateway: new ApolloGateway({ supergraphSdl: await supergraphSdl() }),
      });
      await server.start();
      await use({
        ask: async (query) => {
          const { body } = await server.executeOperation({ query });
          if (body.kind !== "single") throw new Error("an answer in parts");
          const { data, errors } = body.singleResult;
          if (errors) throw new Error(JSON.stringify(errors));
          return data;
        },
      });
      await server.stop();
    },
    { scope: "file" },
  ],
});

describe("the gateway and a stock gateway agree", () => {
  withStock.for([
    [
      "on lists beneath lists beneath lists",
      `{ countries(where: { code: { _in: ["US", "FR"] } }) {
        name states(limit: 5) { code airports(limit: 3, order_by: [{ name: asc }]) { iata strikes(limit: 2) { species } } }
      } }`,
    ],
    [
      "on a thousand entities of another product",
      "{ flights(limit: 1000, order_by: [{ delay: desc }]) { id delay origin { name state { name } } destination { city } } }",
    ],
    [
      "on aggregates beneath entities",
      `{ airports(where: { iata: { _in: ["ORD", "SFO", "00M"] } }) {
        iata departures_aggregate { aggregate { count avg { delay } } } strikes_aggregate { aggregate { count sum { cost } } }
      } }`,
    ],
    [
      "on groups with keys of other products",
      `{ strikes_groups(order_by: [{ aggregate: { count: desc } }], limit: 20) {
        by { state { code } date_year } aggregate { count }
      } }`,
    ],
    [
      "on fragments, aliases and types",
      `query All { one: airports_by_pk(iata: "SFO") { ...facts } none: airports_by_pk(iata: "nowhere") { ...facts } __typename }
        fragment facts on Airport { __typename code: iata state { ... on State { name country { __typename name } } } }`,
    ],
    [
      "on references that are null",
      "{ strikes(where: { airport: { _is_null: true } }, limit: 50) { id airport { iata name } state { name } } }",
    ],
    [
      "on the schema",
      '{ __schema { queryType { fields { name args { name } } } } __type(name: "Flight") { description } }',
    ],
  ])("%s", async ([, query], { stock }) => {
    expect(JSON.stringify(await askMesh(query as string))).toBe(
      JSON.stringify(await stock.ask(query as string)),
    );
  });
});
