// The configuration: one schema a section gives its type, its defaults, its check and docs/config.md.
import { z } from "zod";

const port = z.int().min(0).max(65_535);
const milliseconds = z.int().positive().max(86_400_000);
const bytes = z.int().positive();
const count = z.int().positive();

const server = z.strictObject({
  host: z.string().default("127.0.0.1").describe("Address to listen on."),
  port: port.default(4000).describe("Port to listen on; 0 = any free one."),
  bodyBytesMax: bytes.default(4_194_304).describe("Largest request body, in bytes."),
  deadlineMs: milliseconds.default(30_000).describe("Time an operation may take, in milliseconds."),
  drainMs: milliseconds
    .default(10_000)
    .describe("Time that requests in flight may take to end once the gateway stops, in milliseconds."),
});

const operation = z.strictObject({
  tokensMax: count.default(20_000).describe("Most lexical tokens in a document."),
  mutations: z
    .boolean()
    .default(false)
    .describe("Are mutations answered? A mesh is read-only unless this is true."),
});

const schema = z.strictObject({
  pollIntervalMs: milliseconds
    .default(2_000)
    .describe("Time between two looks at a subgraph's SDL, in milliseconds."),
  sdlTimeoutMs: milliseconds
    .default(5_000)
    .describe("Time a subgraph may take to give its SDL, in milliseconds."),
  sdlBytesMax: bytes.default(16_777_216).describe("Largest SDL of a subgraph, in bytes."),
  stateDirectory: z
    .string()
    .default(".weft/state")
    .describe("Folder that keeps the last good SDL of every subgraph, for starting while some are down."),
});

const fetch = z.strictObject({
  connectTimeoutMs: milliseconds.default(1_000).describe("Time to connect to a subgraph, in milliseconds."),
  answerTimeoutMs: milliseconds
    .default(20_000)
    .describe("Time a subgraph may take to begin its answer, and between two pieces of it, in milliseconds."),
  answerBytesMax: bytes.default(67_108_864).describe("Largest answer of a subgraph, in bytes."),
  connectionsMax: count.default(64).describe("Most connections to one subgraph."),
});

/** Headers that belong to one connection or one body, and can't be sent on. */
const ownHeaders =
  /^(accept(-encoding)?|connection|content-(length|type|encoding)|host|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade)$/;

const forwardedHeader = z
  .string()
  .regex(/^[a-z0-9-]+$/, "a header's name in lower case")
  .refine((name) => !ownHeaders.test(name), "a header of one connection is not sent on");

const visibility = z.strictObject({
  forwardHeaders: z
    .array(forwardedHeader)
    .default(["authorization"])
    .describe("Request headers that are sent on to every subgraph: they say who sees what."),
});

const consolePage = z.strictObject({
  enabled: z.boolean().default(true).describe("Is the console served at `/`?"),
  examples: z.string().optional().describe("Folder of `.graphql` files that the console offers as tabs."),
});

const subgraph = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_-]*$/, "a letter, then letters, digits, - and _")
    .describe("Name of the subgraph."),
  url: z.url({ protocol: /^https?$/ }).describe("Where it answers GraphQL."),
  sdl: z.string().optional().describe("File with its SDL; left out = the subgraph is asked for it."),
  run: z
    .string()
    .optional()
    .describe("Module that `weft up` runs to serve it; the gateway itself does not look at it."),
});

export const configSchema = z.strictObject({
  subgraphs: z
    .array(subgraph)
    .min(1)
    .superRefine((list, context) => {
      list.forEach(({ name }, i) => {
        if (list.findIndex((other) => other.name === name) < i)
          context.addIssue({ code: "custom", path: [i, "name"], message: `the name ${name} is taken` });
      });
    })
    .describe("The data products of the mesh."),
  server: server.prefault({}).describe("The public listener."),
  operation: operation.prefault({}).describe("What may be asked."),
  schema: schema.prefault({}).describe("How the supergraph is kept up to date."),
  fetch: fetch.prefault({}).describe("How subgraphs are asked."),
  visibility: visibility.prefault({}).describe("Who sees what."),
  console: consolePage.prefault({}).describe("The page at `/`."),
});

export type Config = z.output<typeof configSchema>;
export type SubgraphConfig = Config["subgraphs"][number];
