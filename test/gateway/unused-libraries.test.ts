// What planning is loaded without: it is never asked for, it does not stay, and whoever else wants it has it.
import { createRequire } from "node:module";
import { parse } from "graphql";
import { describe, expect, it } from "vitest";
import { PlanningGateway } from "../../gateway/federation/planning/planning-gateway.ts";
import { unusedLibraries } from "../../gateway/federation/planning/unused-libraries.ts";
import { requireWithout } from "../../gateway/federation/require-without.ts";

const { cache, resolve } = createRequire(import.meta.url);
const requireOfGateway = createRequire(resolve("@apollo/gateway"));
const names = Object.keys(unusedLibraries);
const fileOf = (name: string) => requireOfGateway.resolve(name);

const supergraph = `
  schema @link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION) { query: Query }
  directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
  directive @join__graph(name: String!, url: String!) on ENUM_VALUE
  directive @join__type(graph: join__Graph!, key: join__FieldSet, extension: Boolean! = false, resolvable: Boolean! = true, isInterfaceObject: Boolean! = false) repeatable on OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT | SCALAR
  directive @join__field(graph: join__Graph, requires: join__FieldSet, provides: join__FieldSet, type: String, external: Boolean, override: String, usedOverridden: Boolean) repeatable on FIELD_DEFINITION | INPUT_FIELD_DEFINITION
  directive @join__implements(graph: join__Graph!, interface: String!) repeatable on OBJECT | INTERFACE
  directive @join__unionMember(graph: join__Graph!, member: String!) repeatable on UNION
  directive @join__enumValue(graph: join__Graph!) repeatable on ENUM_VALUE
  scalar join__FieldSet
  scalar link__Import
  enum link__Purpose { SECURITY EXECUTION }
  enum join__Graph {
    TREES @join__graph(name: "trees", url: "http://trees/graphql")
    FRUIT @join__graph(name: "fruit", url: "http://fruit/graphql")
  }
  type Query @join__type(graph: TREES) @join__type(graph: FRUIT) { trees: [Tree!]! @join__field(graph: TREES) }
  type Tree @join__type(graph: TREES, key: "id") @join__type(graph: FRUIT, key: "id") {
    id: ID!
    weight: Float @join__field(graph: FRUIT)
  }`;

describe("the library that plans", () => {
  it("loads a supergraph and plans without what is left out, and leaves none of it behind", async () => {
    const gateway = new PlanningGateway(supergraph, { validateSupergraph: true });
    const schema = await gateway.announce();
    expect(schema.getQueryType()?.getFields().trees).toBeDefined();
    const options = { operationName: undefined, overrideConditions: new Map() };
    const { node } = gateway.plan(parse("{ trees { id weight } }"), options);
    expect(node?.kind).toBe("Sequence");
    await gateway.stop();
    expect(names.filter((name) => cache[fileOf(name)])).toEqual([]);
  });

  it.each(names)("finds %s where it looks for it, with what is read of it", (name) => {
    expect(requireOfGateway(name)).toMatchObject(unusedLibraries[name] as object);
  });
});

describe("a library that is left out", () => {
  const readOf = (library: string, leftOut: string) =>
    requireWithout<Record<string, unknown>>(library, { [leftOut]: {} });

  it("is an error where it is asked for", () => {
    const { RemoteGraphQLDataSource } = readOf("@apollo/gateway", "make-fetch-happen");
    const construct = RemoteGraphQLDataSource as new (options: object) => unknown;
    expect(() => new construct({ url: "http://trees" })).toThrow(
      "make-fetch-happen is left out, so there is no default",
    );
  });

  it("is there for all others, as is the library that was loaded without it", () => {
    readOf("@apollo/gateway", "make-fetch-happen");
    const { RemoteGraphQLDataSource } = requireOfGateway(resolve("@apollo/gateway"));
    expect(new RemoteGraphQLDataSource({ url: "http://trees" })).toBeDefined();
    expect(requireOfGateway("make-fetch-happen").defaults).toBeTypeOf("function");
  });

  it("is an error at once where loading already needs it", () => {
    expect(() => readOf("@apollo/gateway", "@opentelemetry/api")).toThrow("@opentelemetry/api is left out");
  });
});
