// The Open Data Product Standard (ODPS) 1.0.0 by Bitol: written after the standard, whose own schema no package carries.
import { z } from "zod";

export const descriptorVersion = "v1.0.0";

const text = z.string();
const tags = z.array(text).optional();
/** An absolute URL of any scheme, `mailto:` among them. */
const url = text.refine((value) => URL.canParse(value), "must be a URL");

const authoritativeDefinition = z.strictObject({
  type: z.enum([
    "businessDefinition",
    "transformationImplementation",
    "videoTutorial",
    "tutorial",
    "implementation",
  ]),
  url,
  description: text.optional(),
});

const customProperty = z.strictObject({
  property: text,
  value: z.unknown().refine((value) => value !== undefined, "is missing"),
  description: text.optional(),
});

/** What can be added to nearly everything. */
const more = {
  customProperties: z.array(customProperty).optional(),
  authoritativeDefinitions: z.array(authoritativeDefinition).optional(),
};

const inputPort = z.strictObject({ name: text, version: text, contractId: text });

const outputPort = z.strictObject({
  name: text,
  version: text,
  description: text.optional(),
  type: text.optional(),
  contractId: text.optional(),
  sbom: z.array(z.strictObject({ type: text.optional(), url })).optional(),
  inputContracts: z.array(z.strictObject({ id: text, version: text })).optional(),
});

const managementPort = z.strictObject({
  name: text,
  content: text,
  type: text.optional(),
  url: url.optional(),
  channel: text.optional(),
  description: text.optional(),
  tags,
  ...more,
});

const support = z.strictObject({
  channel: text,
  url,
  description: text.optional(),
  tool: text.optional(),
  scope: text.optional(),
  invitationUrl: url.optional(),
  tags,
  ...more,
});

const teamMember = z.strictObject({
  username: text.optional(),
  name: text.optional(),
  description: text.optional(),
  role: text.optional(),
  dateIn: z.iso.date().optional(),
  dateOut: z.iso.date().optional(),
  replacedByUsername: text.optional(),
  tags,
  ...more,
});

export const descriptorSchema = z.strictObject({
  apiVersion: z.enum([descriptorVersion]),
  kind: z.literal("DataProduct"),
  id: text,
  status: text,
  name: text.optional(),
  version: text.optional(),
  domain: text.optional(),
  tenant: text.optional(),
  description: z
    .strictObject({ purpose: text.optional(), limitations: text.optional(), usage: text.optional(), ...more })
    .optional(),
  tags,
  inputPorts: z.array(inputPort).optional(),
  outputPorts: z.array(outputPort).optional(),
  managementPorts: z.array(managementPort).optional(),
  support: z.array(support).optional(),
  team: z.array(teamMember).optional(),
  productCreatedTs: z.iso.datetime({ offset: true }).optional(),
  ...more,
});

export type DescriptorContent = z.output<typeof descriptorSchema>;
