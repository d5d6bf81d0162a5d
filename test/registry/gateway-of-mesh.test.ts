// Where the commands ask the gateway of a mesh.
import { expect, it } from "vitest";
import { gatewayOf } from "../../cli/product/gateway-of-mesh.ts";
import { configSchema } from "../../gateway/config.ts";

const configured = (variants?: readonly string[]) =>
  configSchema.parse({ subgraphs: [], ...(variants && { registry: { folder: "registry", variants } }) });

it.each([
  ["one without a registry", undefined, undefined, "/graphql"],
  ["one without a registry, whose variant is named", undefined, "current", "/graphql"],
  ["the first variant", ["current", "next"], undefined, "/graphql"],
  ["the first variant by name", ["current", "next"], "current", "/graphql"],
  ["another variant", ["current", "next"], "next", "/next/graphql"],
])("asks %s", (_, variants, wanted, path) => {
  expect(new URL(gatewayOf(configured(variants), wanted).graphql).pathname).toBe(path);
});

it("knows the mesh's variants", () => {
  expect(() => gatewayOf(configured(["current", "next"]), "nxt")).toThrow(
    expect.objectContaining({ code: "VARIANT_UNKNOWN" }),
  );
});
