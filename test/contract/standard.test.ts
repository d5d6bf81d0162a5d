// The standard's own schema: the file that was taken, and what it says.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { contractProblems } from "../../schema/contract/contract-schema.ts";
import { type DescriptorContent, descriptorSchema } from "../../schema/contract/descriptor-schema.ts";
import { root } from "../setup/weft-process.ts";

const standards = join(root, "schema/contract/standards");

it("is the file whose sum is written beside it, with its licence", async () => {
  const sum = createHash("sha256")
    .update(await readFile(join(standards, "odcs-3.1.0.schema.json")))
    .digest("hex");
  expect(await readFile(join(standards, "README.md"), "utf8")).toContain(sum);
  expect(await readFile(join(standards, "LICENSE"), "utf8")).toContain("Apache License");
});

it("is what the build makes of it", async () => {
  const read = async (folder: string) =>
    JSON.parse(
      await readFile(join(root, folder, "schema/contract/standards/odcs-3.1.0.schema.json"), "utf8"),
    );
  expect(await read("dist")).toEqual(await read(""));
});

const least = { apiVersion: "v3.1.0", kind: "DataContract", id: "a", version: "1", status: "draft" };

describe("the contract standard", () => {
  it.each<[string, object, string[]]>([
    [
      "nothing",
      {},
      [
        "version is missing",
        "apiVersion is missing",
        "kind is missing",
        "id is missing",
        "status is missing",
      ],
    ],
    ["the least", least, []],
    ["a team as an object", { ...least, team: { name: "t", members: [{ username: "u" }] } }, []],
    ["a team as a list", { ...least, team: [{ username: "u" }] }, []],
    ["a team as text", { ...least, team: "t" }, ["is none of the forms that the standard has"]],
    [
      "a team with a key of its own",
      { ...least, team: { nick: "t" } },
      ["nick is no key of the standard here"],
    ],
    ["a member without a name, in a list", { ...least, team: [{ role: "u" }] }, ["username is missing"]],
    ["a date that is none", { ...least, contractCreatedTs: "monday" }, ['must match format "date-time"']],
    [
      "an unknown key beside another fault",
      { ...least, servers: [{ server: "s", type: "api", colour: "red" }] },
      ["location is missing", "colour is no key of the standard here"],
    ],
    ["an entity without a name", { ...least, schema: [{ properties: [] }] }, ["name is missing"]],
    [
      "two keys that are wrong",
      { ...least, one: 1, two: 2 },
      ["one is no key of the standard here", "two is no key of the standard here"],
    ],
    [
      "a relationship that is no reference",
      { ...least, schema: [{ name: "a", properties: [{ name: "b", relationships: [{ to: "b" }] }] }] },
      ["is none of the forms that the standard has"],
    ],
  ])("%s", (_, value, problems) => {
    expect(contractProblems(value).map(({ problem }) => problem)).toEqual(problems);
  });
});

describe("the product standard", () => {
  const descriptor = { apiVersion: "v1.0.0", kind: "DataProduct", id: "a", status: "draft" };
  const whole: DescriptorContent = {
    apiVersion: "v1.0.0",
    kind: "DataProduct",
    id: "fe6e3bb7-0e8e-4ea1-9d5c-1f3c2b1a0d9e",
    status: "active",
    name: "Orders",
    version: "1.0.0",
    domain: "sales",
    tenant: "weft",
    authoritativeDefinitions: [
      { type: "businessDefinition", url: "https://wiki.example/orders", description: "d" },
    ],
    description: {
      purpose: "p",
      limitations: "l",
      usage: "u",
      customProperties: [{ property: "a", value: null }],
    },
    customProperties: [{ property: "a", value: [1], description: "d" }],
    tags: ["a"],
    inputPorts: [{ name: "i", version: "1.0.0", contractId: "c" }],
    outputPorts: [
      {
        name: "o",
        version: "1.0.0",
        description: "d",
        type: "graphql",
        contractId: "c",
        sbom: [{ type: "external", url: "https://sbom.example/a" }],
        inputContracts: [{ id: "c", version: "1.0.0" }],
      },
    ],
    managementPorts: [
      {
        name: "m",
        content: "observability",
        type: "rest",
        url: "https://m.example",
        channel: "c",
        description: "d",
        tags: ["a"],
      },
    ],
    support: [
      {
        channel: "c",
        url: "mailto:a@b.example",
        description: "d",
        tool: "email",
        scope: "issues",
        invitationUrl: "https://i.example",
      },
    ],
    team: [
      {
        username: "u",
        name: "n",
        description: "d",
        role: "owner",
        dateIn: "2024-01-01",
        dateOut: "2024-02-01",
        replacedByUsername: "v",
      },
    ],
    productCreatedTs: "2024-01-01T00:00:00+01:00",
  };

  it("takes all that it has, and the least", () => {
    expect(descriptorSchema.safeParse(whole).error).toBeUndefined();
    expect(descriptorSchema.safeParse(descriptor).error).toBeUndefined();
  });

  it.each([
    ["a support channel without a URL", { support: [{ channel: "c" }] }],
    ["text for a URL", { support: [{ channel: "c", url: "us" }] }],
    ["a property without a value", { customProperties: [{ property: "a" }] }],
    [
      "a kind of definition that there is not",
      { authoritativeDefinitions: [{ type: "rumour", url: "https://a.example" }] },
    ],
    ["a moment that is none", { productCreatedTs: "2024-01-01" }],
    ["a list where an object is", { description: [] }],
    ["another key, deep down", { team: [{ nick: "n" }] }],
  ])("refuses %s", (_, more) => {
    expect(descriptorSchema.safeParse({ ...descriptor, ...more }).success).toBe(false);
  });
});
