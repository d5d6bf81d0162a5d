// Reads mesh.yaml: every problem at once, each with its line.
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { type Alias, type Document, isMap, isNode, LineCounter, parseDocument, visit } from "yaml";
import type { z } from "zod";
import { type Config, configSchema, eventsSecret } from "./config.ts";
import { configuring } from "./config-faults.ts";

/** @throws configuring.CONFIG_UNREADABLE, configuring.CONFIG_INVALID */
export async function readConfig(file: string): Promise<Config> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    throw configuring.CONFIG_UNREADABLE({ file, problem: (cause as Error).message }, cause);
  }
  return withSecrets(withPaths(parseConfig(text, file), dirname(file)));
}

/** The secrets of the file beside those of the configuration. A problem names the line, never what it says. */
async function withSecrets(config: Config): Promise<Config> {
  const { secretsFile, secrets } = config.events;
  if (secretsFile === undefined) return config;
  const text = await readFile(secretsFile, "utf8").catch((cause: Error) => {
    throw configuring.CONFIG_INVALID({ problems: [`events.secretsFile: ${cause.message}`] }, cause);
  });
  const lines = text
    .split(/\r?\n/)
    .map((line, i) => ({ secret: line.trim(), place: `${secretsFile}:${i + 1}` }));
  const given = lines.filter(({ secret }) => secret !== "");
  const problems = given.flatMap(({ secret, place }) =>
    (eventsSecret.safeParse(secret).error?.issues ?? []).map(({ message }) => `${place}: ${message}`),
  );
  if (given.length === 0) problems.push(`events.secretsFile: there is no secret in ${secretsFile}`);
  if (problems.length > 0) throw configuring.CONFIG_INVALID({ problems });
  return {
    ...config,
    events: { ...config.events, secrets: [...secrets, ...given.map(({ secret }) => secret)] },
  };
}

/** Paths in the file are relative to it. */
function withPaths(config: Config, directory: string): Config {
  const from = (path: string) => resolve(directory, path);
  const { examples } = config.console;
  const { registered } = config.operation;
  const { secretsFile } = config.events;
  return {
    ...config,
    subgraphs: config.subgraphs.map(({ sdl, run, ...subgraph }) => ({
      ...subgraph,
      ...(sdl !== undefined && { sdl: from(sdl) }),
      ...(run !== undefined && { run: from(run) }),
    })),
    operation: { ...config.operation, ...(registered !== undefined && { registered: from(registered) }) },
    schema: { ...config.schema, stateDirectory: from(config.schema.stateDirectory) },
    events: { ...config.events, ...(secretsFile !== undefined && { secretsFile: from(secretsFile) }) },
    console: { ...config.console, ...(examples !== undefined && { examples: from(examples) }) },
  };
}

/** @throws configuring.CONFIG_INVALID */
export function parseConfig(text: string, file: string): Config {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const place = (offset: number) => `${file}:${lines.linePos(offset).line}`;
  const unread = [
    ...document.errors.map(({ pos, message }) => `${place(pos[0])}: ${message.split("\n")[0]}`),
    ...danglingAliases(document).map(
      ({ source, range }) => `${place(range?.[0] ?? 0)}: *${source} is an alias of no &${source} before it`,
    ),
  ];
  if (unread.length > 0) throw configuring.CONFIG_INVALID({ problems: unread });
  const result = configSchema.safeParse(document.toJS() ?? {});
  if (result.success) return result.data;
  const problems = result.error.issues
    .flatMap(oneProblemEach)
    .map((issue) => `${place(offsetOf(document, issue))}: ${describe(issue)}`);
  throw configuring.CONFIG_INVALID({ problems });
}

/** Aliases that lead nowhere, which the parser itself lets pass. */
function danglingAliases(document: Document.Parsed): readonly Alias[] {
  const found: Alias[] = [];
  visit(document, {
    Alias: (_, alias) => {
      if (!alias.resolve(document)) found.push(alias);
    },
  });
  return found;
}

/** An issue for each unknown key, where zod has one for all of a section. */
function oneProblemEach(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  return issue.code === "unrecognized_keys" ? issue.keys.map((key) => ({ ...issue, keys: [key] })) : [issue];
}

function describe(issue: z.core.$ZodIssue): string {
  const path = issue.path.join(".");
  return issue.code === "unrecognized_keys"
    ? `${[...issue.path, ...issue.keys].join(".")} is no key of the configuration`
    : `${path || "the file"}: ${issue.message}`;
}

/** Where in the text an issue is: at its value, at the unknown key itself, or at the nearest thing around it. */
function offsetOf(document: Document, { path, ...issue }: z.core.$ZodIssue): number {
  for (let depth = path.length; depth >= 0; depth--) {
    const node = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
    if (!isNode(node)) continue;
    const unknown = depth === path.length && issue.code === "unrecognized_keys" ? issue.keys?.[0] : undefined;
    const pair = isMap(node) ? node.items.find(({ key }) => String(key) === unknown) : undefined;
    return (isNode(pair?.key) ? pair.key.range?.[0] : undefined) ?? node.range?.[0] ?? 0;
  }
  return 0;
}
