// Reads mesh.yaml: every problem at once, each with its line.
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { type Document, isMap, isNode, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { type Config, configSchema } from "./config.ts";
import { configuring } from "./config-faults.ts";

/** @throws configuring.CONFIG_UNREADABLE, configuring.CONFIG_INVALID */
export async function readConfig(file: string): Promise<Config> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    throw configuring.CONFIG_UNREADABLE({ file, problem: (cause as Error).message }, cause);
  }
  return withPaths(parseConfig(text, file), dirname(file));
}

/** Paths in the file are relative to it. */
function withPaths(config: Config, directory: string): Config {
  const from = (path: string) => resolve(directory, path);
  const { examples } = config.console;
  return {
    ...config,
    subgraphs: config.subgraphs.map(({ sdl, run, ...subgraph }) => ({
      ...subgraph,
      ...(sdl !== undefined && { sdl: from(sdl) }),
      ...(run !== undefined && { run: from(run) }),
    })),
    schema: { ...config.schema, stateDirectory: from(config.schema.stateDirectory) },
    console: { ...config.console, ...(examples !== undefined && { examples: from(examples) }) },
  };
}

/** @throws configuring.CONFIG_INVALID */
export function parseConfig(text: string, file: string): Config {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const place = (offset: number) => `${file}:${lines.linePos(offset).line}`;
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, message }) => `${place(pos[0])}: ${message.split("\n")[0]}`);
    throw configuring.CONFIG_INVALID({ problems });
  }
  const result = configSchema.safeParse(document.toJS() ?? {});
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    (issue) => `${place(offsetOf(document, issue))}: ${describe(issue)}`,
  );
  throw configuring.CONFIG_INVALID({ problems });
}

function describe(issue: z.core.$ZodIssue): string {
  const path = issue.path.join(".");
  if (issue.code !== "unrecognized_keys") return `${path || "the file"}: ${issue.message}`;
  return issue.keys
    .map((key) => `${[...issue.path, key].join(".")} is no key of the configuration`)
    .join("; ");
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
