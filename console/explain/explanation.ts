// An explanation as the gateway sends it, and the lines that it is shown in.

export type ExplainNode = {
  readonly node: string;
  readonly name?: string;
  readonly subgraph?: string;
  readonly why?: readonly string[];
  readonly actual?: Actual;
  readonly inputs: readonly ExplainNode[];
};

export type Actual = {
  readonly rows?: number;
  readonly keys?: number;
  readonly requests: number;
  readonly shared?: number;
  readonly bytes: number;
  readonly startedMs: number;
  readonly tookMs: number;
};

export type Explanation = { readonly text: string; readonly tree: ExplainNode };

/** A node on its line: what the text says of it, and where its time lies in the whole, in percent. */
export type ExplainLine = {
  readonly text: string;
  readonly depth: number;
  readonly why: readonly string[];
  readonly actual: Actual | undefined;
  readonly bar: { readonly left: number; readonly width: number } | undefined;
};

/** The text has a line for each node, in the order of the tree, and lines of reasons, which the tree has too. */
export const linesOf = ({ text, tree }: Explanation): readonly ExplainLine[] => {
  const texts = text.split("\n").filter((line) => !line.trimStart().startsWith("# "));
  const wholeMs = tree.actual?.tookMs ?? 0;
  return nodesIn(tree, 0).map(({ node, depth }, i): ExplainLine => {
    const { why = [], actual } = node;
    const bar = actual && wholeMs > 0 ? barOf(actual, wholeMs) : undefined;
    return { text: withoutCounts(texts[i]?.trim() ?? node.node), depth, why, actual, bar };
  });
};

const nodesIn = (
  node: ExplainNode,
  depth: number,
): readonly { readonly node: ExplainNode; readonly depth: number }[] => [
  { node, depth },
  ...node.inputs.flatMap((input) => nodesIn(input, depth + 1)),
];

/** The counts stand in columns of their own. */
const withoutCounts = (line: string): string =>
  line.endsWith(" ms]") ? line.slice(0, line.lastIndexOf(" [")) : line;

const barOf = ({ startedMs, tookMs }: Actual, wholeMs: number) => {
  const left = Math.min(100, (100 * startedMs) / wholeMs);
  return { left, width: Math.max(0.5, Math.min(100 - left, (100 * tookMs) / wholeMs)) };
};
