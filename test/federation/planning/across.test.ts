// Questions on the published schema: which of them federation's planner answers, and which ask across domains.
import { describe, expect, it } from "vitest";
import { openOperationPlanner } from "../../../gateway/federation/planning/operation-planner.ts";
import { openSupergraph } from "../../../gateway/federation/supergraph.ts";
import { demo, publish } from "../../schema/publish/published.ts";

const { supergraphSdl, mesh } = await publish(demo);
const options = { planTimeoutMs: 10_000, plansWaitingMax: 10, plannerMegabytesMax: 512 };

const within = '{ flights(where: { origin: { iata: { _eq: "SFO" } } }, limit: 1) { id } }';
const across = '{ flights(where: { origin: { name: { _like: "San%" } } }, limit: 1) { id } }';
const questions: readonly (readonly [string, string])[] = [
  [within, "planned"],
  [across, "across"],
  ["{ flights_groups { by { origin { state { name } } } } }", "across"],
  ["{ flights_groups { by { origin { iata } } } }", "planned"],
  ["query ($w: flights_bool_exp) { flights(where: $w) { id } }", "planned"],
  ["query ($w: airports_reference_exp) { flights(where: { origin: $w }) { id } }", "across"],
  [`query A ${within} query B ${across}`, "across"],
  ["{ flights(where: { origin: { nme: { _eq: null } } }) { id } }", "invalid"],
  ["query ($w: flights_origin_key_exp) { flights(where: { origin: $w }) { id } }", "invalid"],
  ["{ __schema { queryType { name } } }", "planned"],
];

describe("the planner of a mesh", () => {
  const opened = openOperationPlanner(supergraphSdl, mesh);

  it.each(questions)("%s is %s", async (text, kind) => {
    const { plan } = await opened;
    expect(plan({ text, operationName: text.startsWith("query A") ? "A" : undefined }).kind).toBe(kind);
  });

  it("tells what is wrong by the published schema", async () => {
    const { plan } = await opened;
    const text = "{ flights(where: { origin: { nme: { _eq: null } } }) { id } }";
    expect(plan({ text, operationName: undefined })).toMatchObject({
      errors: [
        {
          message: expect.stringContaining('"nme" is not defined by type "airports_reference_exp"'),
          extensions: { code: "GRAPHQL_VALIDATION_FAILED" },
        },
      ],
    });
  });
});

describe("a supergraph", () => {
  it("with its mesh has the published schema, here and in its thread", async () => {
    await using served = await openSupergraph(supergraphSdl, options, mesh);
    expect(served.publishedSchema.getType("airports_reference_exp")).toBeDefined();
    expect(served.mesh).toBe(mesh);
    expect(await served.plan({ text: across, operationName: undefined })).toEqual({
      kind: "across",
      use: {
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        coordinates: [
          "Flight.id",
          "Query.flights",
          "Query.flights(limit:)",
          "Query.flights(where:)",
          "airports_String_comparison_exp._like",
          "airports_reference_exp.name",
          "flights_bool_exp.origin",
        ],
        deprecated: [],
      },
    });
    expect(await served.plan({ text: within, operationName: undefined })).toMatchObject({ kind: "planned" });
  });

  it("without one has the composed schema, and an empty mesh", async () => {
    await using served = await openSupergraph(supergraphSdl, options);
    expect(served.publishedSchema.getType("airports_reference_exp")).toBeUndefined();
    expect(served.mesh.collections.size).toBe(0);
    expect(await served.plan({ text: across, operationName: undefined })).toMatchObject({ kind: "invalid" });
  });
});
