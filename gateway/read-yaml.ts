// Reads YAML by a schema: every problem at once, each with its file and line.
import { type Alias, type Document, isMap, isNode, LineCounter, parseDocument, visit } from "yaml";
import type { z } from "zod";

export type ReadYaml<T> =
  | { readonly kind: "read"; readonly value: T }
  /** `mesh.yaml:3: subgraphs.0.url: Invalid URL`. */
  | { readonly kind: "wrong"; readonly problems: readonly string[] };

/** An empty text is an empty object. */
export function readYaml<Schema extends z.ZodType>(
  text: string,
  file: string,
  schema: Schema,
): ReadYaml<z.output<Schema>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const place = (offset: number) => `${file}:${lines.linePos(offset).line}`;
  const unread = [
    ...document.errors.map(({ pos, message }) => `${place(pos[0])}: ${message.split("\n")[0]}`),
    ...danglingAliases(document).map(
      ({ source, range }) => `${place(range?.[0] ?? 0)}: *${source} is an alias of no &${source} before it`,
    ),
  ];
  if (unread.length > 0) return { kind: "wrong", problems: unread };
  const result = schema.safeParse(document.toJS() ?? {});
  if (result.success) return { kind: "read", value: result.data };
  const problems = result.error.issues
    .flatMap(oneProblemEach)
    .map((issue) => `${place(offsetOf(document, issue))}: ${describe(issue)}`);
  return { kind: "wrong", problems };
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
