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
  answerBytesMax: bytes
    .default(134_217_728)
    .describe("Largest answer, in bytes before compression; a larger one is an error, never cut off."),
  clientTimeoutMs: milliseconds
    .default(60_000)
    .describe(
      "Time a client may take to send its request, and between parts of the answer that it takes, in milliseconds.",
    ),
  deadlineMs: milliseconds.default(30_000).describe("Time an operation may take, in milliseconds."),
  drainMs: milliseconds
    .default(10_000)
    .describe("Time that requests in flight may take to end once the gateway stops, in milliseconds."),
});

const operationKeys = z.strictObject({
  tokensMax: count.default(20_000).describe("Most lexical tokens in a document."),
  charactersMax: count
    .default(1_048_576)
    .describe(
      "Most characters in a document. Tokens are limited apart: this is for long strings and spaces.",
    ),
  linesMax: count
    .default(20_000)
    .describe(
      "Most lines in a document: as many as it may have tokens. Each error counts them for its place.",
    ),
  nameCharactersMax: count
    .default(256)
    .describe("Most characters in a name: errors repeat it. Generated names have 100 at most."),
  nestingMax: count
    .max(500)
    .default(200)
    .describe(
      "Most levels of braces and brackets, with fragments written out: it keeps recursion off the end of the stack. A deep question of a component framework, each level a fragment, has 50.",
    ),
  depthMax: count
    .max(500)
    .default(100)
    .describe("Most levels of fields. The introspection query has 15, a screen's question seldom more."),
  selectionsMax: count
    .default(20_000)
    .describe(
      "Most fields, inline fragments and spreads with fragments written out where they are spread, as the planner does. Hundreds of fragments come to some thousands.",
    ),
  aliasesMax: count
    .default(2_000)
    .describe("Most aliases, with fragments written out. A dashboard of 500 panels with some each fits."),
  rootFieldsMax: count
    .default(1_000)
    .describe(
      "Most fields at the root of an operation: each is asked of a subgraph. A large dashboard has 500.",
    ),
  directivesMax: count
    .default(500)
    .describe("Most directives in a document, as written. Clients put `@include` on some dozens of fields."),
  operationsMax: count
    .default(100)
    .describe("Most operations in a document; one of them is answered. A file of questions has some dozens."),
  fragmentsMax: count
    .default(1_000)
    .describe("Most fragments defined in a document. Component frameworks send some hundreds."),
  variablesMax: count
    .default(2_000)
    .describe("Most variables of an operation: three and more for each of a dashboard's 500 panels."),
  variableNestingMax: count
    .max(500)
    .default(100)
    .describe("Most levels of lists and objects in a variable. A filter made by a form has 20."),
  variableValuesMax: count
    .default(100_000)
    .describe(
      "Most values in the variables, lists and objects and what they hold: room for long lists of keys.",
    ),
  overlapsMax: count
    .default(100_000)
    .describe(
      "Most pairs of fields with one name at one place, which validation compares. 60 fragments that ask one object for the same 50 fields fit.",
    ),
  introspectionDepthMax: count
    .default(2)
    .describe(
      "Most lists of types and fields within each other in introspection. The standard query has 2: the fields of all types.",
    ),
  introspectionFieldsMax: count
    .default(500)
    .describe("Most fields of introspection, with fragments written out. The standard query has about 250."),
  planTimeoutMs: milliseconds
    .default(2_000)
    .describe(
      "Time the planner may take for one operation, in milliseconds; past it the planner is replaced.",
    ),
  plannerMegabytesMax: count
    .default(512)
    .describe("Most memory of the planner's heap, in megabytes; past it the planner is replaced."),
  plansWaitingMax: count
    .default(100)
    .describe("Most operations that wait for the planner. Each is planned once, those of a screen together."),
  keysMax: count
    .default(1_000_000)
    .describe("Most keys that rows of one domain may give to a question of another."),
  requestsMax: count
    .default(1_000)
    .describe("Most requests to subgraphs that one question across domains may be divided into."),
  receivedBytesMax: bytes
    .default(536_870_912)
    .describe("Most bytes that subgraphs may answer to one question across domains, in all."),
  rowsMax: count
    .default(1_000_000)
    .describe("Most rows of one collection that one step of a question across domains may bring here."),
  chunksAtOnceMax: count
    .default(4)
    .describe("Most requests at once in which the keys of one step are asked for."),
  templatesMax: count
    .default(1_000)
    .describe("Most shapes of questions across domains whose fetches are kept planned."),
  countsMax: count
    .default(10_000)
    .describe("Most row counts that are remembered to decide from which side keys are found."),
  countsKeptMs: milliseconds
    .default(60_000)
    .describe("Time that such a count is remembered, in milliseconds: it never decides an answer."),
  preparedMax: count
    .default(1_000)
    .describe("Most operations that are kept prepared: parsed, valid, planned and compiled."),
  warmedMax: z
    .int()
    .min(0)
    .default(200)
    .describe(
      "Most operations that are prepared on a new supergraph before it is taken: the latest used; at the start, the most used of the last run, whose texts are kept in `schema.stateDirectory`. Registered ones are prepared besides.",
    ),
  warmMs: milliseconds
    .default(2_000)
    .describe(
      "Time after which a new supergraph is taken, and the gateway is ready at its start, warmed or not, in milliseconds.",
    ),
  warmRuns: z
    .boolean()
    .default(false)
    .describe(
      "Are registered queries that need no variables asked once at the start, for `warmMs` at most, so that their answers are remembered? As by a caller without any header, and only where the cache is on.",
    ),
  registered: z
    .string()
    .optional()
    .describe(
      "A `.graphql` file, or a folder of them, read at the start: documents that may be asked by the SHA-256 of their text.",
    ),
  registeredOnly: z
    .boolean()
    .default(false)
    .describe(
      "Are registered documents alone answered? The console works only where its introspection query is registered too.",
    ),
  persistedBytesMax: bytes
    .default(31_457_280)
    .describe(
      "Most bytes of texts that callers sent with their hash, so that the hash suffices from then on; the latest used are kept.",
    ),
  mutations: z
    .boolean()
    .default(false)
    .describe("Are mutations answered? A mesh is read-only unless this is true."),
  explain: z
    .boolean()
    .default(true)
    .describe(
      "Are plans shown to callers who ask with `extensions.explain`? They name subgraphs and predicates.",
    ),
});

const operation = operationKeys.refine(
  ({ registered, registeredOnly }) => registered !== undefined || !registeredOnly,
  { path: ["registeredOnly"], message: "nothing is answered without `registered`" },
);

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
  headersTimeoutMs: milliseconds
    .default(20_000)
    .describe("Time a subgraph may take to begin its answer, connecting included, in milliseconds."),
  answerTimeoutMs: milliseconds
    .default(25_000)
    .describe("Time a subgraph may take for its whole answer, connecting included, in milliseconds."),
  answerBytesMax: bytes.default(67_108_864).describe("Largest answer of a subgraph, in bytes."),
  representationsMax: count
    .default(10_000)
    .describe("Most entities asked for in one request; more are asked for in several."),
  requestsMax: count
    .default(64)
    .describe("Most requests in flight to one subgraph; each has a connection of its own."),
  queueMax: z
    .int()
    .min(0)
    .default(1_000)
    .describe("Most requests that wait for their turn at one subgraph; one more is refused."),
  retriesMax: z
    .int()
    .min(0)
    .max(10)
    .default(2)
    .describe("Most retries of one query that got no answer, or status 429, 502, 503 or 504."),
  retryPercentMax: z
    .int()
    .min(0)
    .max(100)
    .default(10)
    .describe("Most retries to one subgraph, in percent of the requests to it."),
  retryBurstMax: z
    .int()
    .min(0)
    .default(10)
    .describe(
      "Most retries to one subgraph beyond that share; what it did not need before is saved up to here.",
    ),
  retryDelayMs: milliseconds
    .default(50)
    .describe(
      "Time before a first retry, in milliseconds: each further one waits twice as long, all up to a half less.",
    ),
  retryWaitMs: milliseconds
    .default(2_000)
    .describe(
      "Longest wait before a retry, in milliseconds; none is made where `Retry-After` asks for more.",
    ),
  failuresMax: count
    .default(10)
    .describe(
      "Most failures in a row of a subgraph; at so many it is suspended: not asked any more for a while.",
    ),
  suspendedMs: milliseconds
    .default(5_000)
    .describe("Time a suspended subgraph is left alone before one request tries it again, in milliseconds."),
});

/** Does a header belong to one connection or one body (RFC 9110, 7.6.1), or is it ours to say? Never sent on. In lower case. */
export function isOwnHeader(name: string): boolean {
  return ownHeaders.has(name) || name.startsWith("proxy-");
}

const ownHeaders: ReadonlySet<string> = new Set([
  "accept",
  "accept-encoding",
  "connection",
  "content-encoding",
  "content-length",
  "content-type",
  "expect",
  "host",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

const forwardedHeader = z
  .string()
  .regex(/^[a-z0-9-]+$/, "a header's name in lower case")
  .refine((name) => !isOwnHeader(name), "a header of one connection is not sent on");

const address = z.strictObject({ host: z.string().describe("Host."), port: port.describe("Port.") });

const tlsFiles = z
  .strictObject({
    ca: z.string().optional().describe("File with the CAs that vouch for the servers."),
    cert: z.string().optional().describe("File with the certificate that is shown to the servers."),
    key: z.string().optional().describe("File with its key."),
    servername: z.string().optional().describe("The name that the servers' certificates must have."),
  })
  .refine(
    ({ cert, key }) => (cert === undefined) === (key === undefined),
    "give `cert` and `key`, both of them",
  );

const redisTls = z.union([z.literal(true), tlsFiles]).optional();

const redisUser = { username: z.string().min(1).optional(), password: z.string().optional(), tls: redisTls };

const redis = z
  .union([
    z.strictObject({
      url: z
        .string()
        .regex(/^rediss?:\/\//, "redis://… or rediss://…")
        .refine((url) => URL.canParse(url), "no URL")
        .describe("A single server."),
      tls: redisTls,
    }),
    z.strictObject({
      sentinels: z.array(address).min(1).describe("Sentinels, of which one is asked for the master."),
      name: z.string().describe("What the Sentinels call the master."),
      sentinelUsername: z.string().min(1).optional().describe("Of the Sentinels."),
      sentinelPassword: z.string().optional().describe("Of the Sentinels."),
      ...redisUser,
    }),
    z.strictObject({
      nodes: z.array(address).min(1).describe("Some nodes of a Redis Cluster."),
      ...redisUser,
    }),
  ])
  .optional();

const cache = z.strictObject({
  enabled: z
    .boolean()
    .default(true)
    .describe("Are answers remembered? Only those of products that declare `@freshness(slo:)` are."),
  redis: redis.describe(
    "Redis 7.0 or later that gateways share: `{ url }`, `{ sentinels: [{ host, port }], name }` or `{ nodes: [{ host, port }] }`. The latter two take `username` and `password` of the servers, the former of them in `url`; `sentinelUsername` and `sentinelPassword` are those of the Sentinels. All take `tls`: `true`, or `{ ca, cert, key, servername }`, of which the first three are files. `WEFT_REDIS_PASSWORD` and `WEFT_REDIS_SENTINEL_PASSWORD` in the environment say the passwords that this file does not. [More](cache.md#entering-redis). Left out = this process remembers by itself.",
  ),
  memoryBytesMax: bytes
    .default(67_108_864)
    .describe("Most bytes that are remembered in this process, where there is no Redis."),
  copiesBytesMax: z
    .int()
    .min(0)
    .default(33_554_432)
    .describe(
      "Most bytes of which a copy is kept in this process, where there is a Redis: what it still has is not sent again.",
    ),
  entryBytesMax: bytes
    .default(4_194_304)
    .describe("Largest answer that is remembered, in bytes; a larger one is fetched each time."),
  fieldsMax: count
    .default(32)
    .describe("Most selections that are remembered of one entity; with one more, the others are forgotten."),
  changesMax: count
    .max(10_000)
    .default(256)
    .describe(
      "Most change events of a product whose keys are remembered: an answer with its entities that was made before more of them is made anew.",
    ),
  changeKeysMax: count
    .max(1_000)
    .default(64)
    .describe(
      "Most keys of one change event that are remembered; after an event of more all answers with the product's entities are made anew.",
    ),
  edgesMax: count
    .default(2_000)
    .describe("Most operations and joins that are measured at once; those asked longest ago are forgotten."),
  httpMaxAgeMs: z
    .int()
    .min(0)
    .max(86_400_000)
    .default(0)
    .describe(
      "Longest time for which browsers and proxies may use an answer to a GET without asking, in milliseconds, and never longer than all its products' objectives allow. They hear of no change event. 0 = they always ask.",
    ),
  freshShare: z
    .number()
    .min(0)
    .max(1)
    .default(0.8)
    .describe(
      "Part of its objective for which an answer is fresh; from there on it is served while a newer one is fetched.",
    ),
  missingMs: milliseconds
    .default(5_000)
    .describe('Time that "there is no such entity" is believed, in milliseconds.'),
  claimWaitMs: milliseconds
    .default(300)
    .describe("Time that one gateway waits for another's fetch before it fetches itself, in milliseconds."),
  refreshMs: milliseconds
    .default(10_000)
    .describe("Time that a refresh may take which nobody waits for, in milliseconds."),
  commandTimeoutMs: milliseconds
    .default(40)
    .describe(
      "Time that Redis may take for a command, in milliseconds; past it, or where it answers nobody for half as long, the subgraphs are asked.",
    ),
  failuresMax: count
    .default(5)
    .describe("Most failures in a row of Redis; at so many it is left alone for a while."),
  restMs: milliseconds
    .default(1_000)
    .describe("Time that Redis is left alone before one command tries it again, in milliseconds."),
});

const visibility = z.strictObject({
  forwardHeaders: z
    .array(forwardedHeader)
    .default(["authorization"])
    .describe("Request headers that are sent on to every subgraph: they say who sees what."),
});

const consolePage = z.strictObject({
  enabled: z
    .boolean()
    .default(true)
    .describe(
      "Is the console served at `/`, and what `/admin/cache`, `/admin/use` and `/admin/quality` tell, as pages, at `/` of the admin listener?",
    ),
  examples: z.string().optional().describe("Folder of `.graphql` files that the console offers as tabs."),
});

const admin = z.strictObject({
  enabled: z
    .boolean()
    .default(true)
    .describe(
      "Is there a listener for operators, with `/admin/cache`, `/admin/use`, `/admin/quality` and their pages?",
    ),
  host: z
    .string()
    .default("127.0.0.1")
    .describe("Address to listen on. Who reaches it is asked for no credentials."),
  hosts: z
    .array(z.string())
    .default([])
    .describe(
      "Names by which it is asked, beside `localhost` and addresses; requests by any other are refused.",
    ),
  port: port.default(4090).describe("Port to listen on; 0 = any free one."),
  edgesMax: count.default(1_000).describe("Most operations and joins in one answer of `/admin/cache`."),
});

/** Of Standard Webhooks: a key of 24 to 64 bytes in base64. */
export const eventsSecret = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/, "whsec_ and the base64 of 24 to 64 random bytes");

const events = z.strictObject({
  secrets: z
    .array(eventsSecret)
    .default([])
    .describe(
      "Secrets shared with those who send change events, each `whsec_` and the base64 of 24 to 64 random bytes. Any of them counts, so that one can be replaced by another. Without any, events are taken from this host alone.",
    ),
  secretsFile: z
    .string()
    .optional()
    .describe("File with further secrets, one a line, read at the start: it keeps them out of this file."),
  toleranceMs: milliseconds
    .default(300_000)
    .describe("How far the time of a signature may be from the gateway's, in milliseconds."),
  eventsMax: count.default(1_000).describe("Most events in a batch."),
  keysMax: count
    .default(10_000)
    .describe(
      "Most keys in a request to `/events`. An event of the stream with more counts for its whole product.",
    ),
  stream: z
    .string()
    .min(1)
    .optional()
    .describe("Redis Stream that events are read from too, where the cache is in Redis; left out = none."),
});

const headerName = z.string().regex(/^[a-z0-9-]+$/, "a header's name in lower case");

const use = z.strictObject({
  enabled: z
    .boolean()
    .default(true)
    .describe("Is it recorded which client uses what of the schema? Names alone are, never a value."),
  clientHeaders: z
    .array(headerName)
    .default(["x-client-name", "apollographql-client-name"])
    .describe("Request headers by which a client names itself; the first that is there counts."),
  operationsMax: count
    .default(5_000)
    .describe(
      "Most operations that are remembered, each counted once for each of its clients. With more, those asked longest ago are forgotten, and how many is told.",
    ),
  coordinatesMax: count
    .default(200_000)
    .describe(
      "Most names of fields, arguments and the like that are remembered, over all operations together; past it operations are forgotten in the same way.",
    ),
  clientsMax: count
    .default(50)
    .describe("Most clients of one operation that are told apart; all further ones are `(other)`."),
  clientCharactersMax: count
    .default(100)
    .describe("Most characters of a client's name; the rest is left out."),
  keepDays: count
    .max(3_650)
    .default(90)
    .describe("Days for which an operation is remembered after it was last asked."),
  unusedDays: count
    .max(3_650)
    .default(30)
    .describe("Days without use after which something deprecated is said to be able to go."),
});

const quality = z.strictObject({
  productsMax: count.default(1_000).describe("Most products whose last quality report is kept."),
  bytesMax: bytes.default(33_554_432).describe("Most bytes of all quality reports together."),
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

const variant = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, "a name of small letters, digits and hyphens that begins with a letter");

const registryKeys = z.strictObject({
  folder: z
    .string()
    .optional()
    .describe("Folder that holds what is published. It is made at the first publishing, and fit for git."),
  postgres: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "postgres://…")
    .optional()
    .describe(
      "PostgreSQL 14 or later that holds it instead. `WEFT_REGISTRY_POSTGRES` in the environment says the same without a secret in this file, where neither this nor `folder` is given.",
    ),
  variants: z
    .array(variant)
    .min(1)
    .refine((names) => new Set(names).size === names.length, "each name once")
    .default(["current"])
    .describe(
      "Variants of the mesh, each a supergraph of its own: `subgraphs` and what is published in the variant. The first is served at `/graphql`, each other at `/<variant>/graphql`.",
    ),
  allow: z
    .array(z.enum(["loopback", "private", "linkLocal", "metadata"]))
    .default(["loopback", "private"])
    .describe(
      "Kinds of addresses, besides public ones, that published products may be at. Products are mostly neighbours, so that this host and private networks are allowed at first: whoever may publish can then have the gateway send questions, and the headers of `visibility.forwardHeaders`, to any port of them. Take out what your products don't need. `metadata` are the addresses at which clouds tell a machine its credentials: nothing should be published there.",
    ),
});

const registry = registryKeys
  .refine(({ folder, postgres }) => folder === undefined || postgres === undefined, {
    path: ["postgres"],
    message: "give `folder` or `postgres`, one of them",
  })
  .optional();

const law = z.enum(["error", "warning", "off"]);

const laws = z.strictObject({
  owner: law
    .default("error")
    .describe(
      "Every entity is a data product, with an owner and a contact that is an e-mail address or a URL.",
    ),
  freshness: law.default("error").describe("Every product says how old an answer may be."),
  keys: law
    .default("error")
    .describe("Fields of keys are never null and no Float, and a published key stays."),
  personalData: law
    .default("error")
    .describe("Columns whose names speak of a person are classified in the contract."),
  version: law.default("error").describe("The version is as high as the differences ask for."),
  contract: law.default("warning").describe("Every product has a contract."),
  deprecation: law
    .default("warning")
    .describe("What is deprecated says until when it stays and what takes its place."),
  naming: law
    .default("warning")
    .describe("Types, fields and what belongs to a collection are named as in all the mesh."),
  descriptions: law.default("warning").describe("Types, fields and arguments are described."),
  scalars: law
    .default("warning")
    .describe("Days and times are no text, money is no Float, codes are no numbers."),
});

export const configSchema = z.strictObject({
  subgraphs: z
    .array(subgraph)
    .default([])
    .superRefine((list, context) => {
      list.forEach(({ name }, i) => {
        if (list.findIndex((other) => other.name === name) < i)
          context.addIssue({ code: "custom", path: [i, "name"], message: `the name ${name} is taken` });
      });
    })
    .describe("The data products of the mesh."),
  registry: registry.describe(
    "Where products are published (`weft publish`), and what may be; left out = `subgraphs` are all of the mesh.",
  ),
  server: server.prefault({}).describe("The public listener."),
  admin: admin.prefault({}).describe("The listener of those who run the gateway."),
  operation: operation.prefault({}).describe("What may be asked."),
  schema: schema.prefault({}).describe("How the supergraph is kept up to date."),
  fetch: fetch.prefault({}).describe("How subgraphs are asked."),
  visibility: visibility.prefault({}).describe("Who sees what."),
  cache: cache.prefault({}).describe("What is remembered."),
  events: events.prefault({}).describe("Change events of the products."),
  use: use.prefault({}).describe("Who uses what."),
  quality: quality.prefault({}).describe("What `weft test` found."),
  laws: laws
    .prefault({})
    .describe(
      "How grave it is that a product breaks a law of the mesh: `error`, `warning` or `off`. `weft check` and `weft publish` look.",
    ),
  console: consolePage.prefault({}).describe("The page at `/`."),
});

/** As a file gives it: a mesh is of something. */
export const meshFileSchema = configSchema.refine(
  ({ subgraphs, registry }) => subgraphs.length > 0 || registry !== undefined,
  {
    path: ["subgraphs"],
    message: "give at least one, or a `registry`",
    when: ({ value }) => Array.isArray((value as { readonly subgraphs?: unknown } | undefined)?.subgraphs),
  },
);

export type Config = z.output<typeof configSchema>;
export type TlsFiles = z.output<typeof tlsFiles>;
export type RedisConfig = NonNullable<Config["cache"]["redis"]>;
export type SubgraphConfig = Config["subgraphs"][number];
