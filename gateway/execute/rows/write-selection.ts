// Writes the paths of columns as a selection: `origin.iata` and `delay` are `origin { iata } delay`.

/** Begins the name under which a reference's key is answered. */
export const keyPrefix = "weft_key_";

type Tree = Map<string, Tree>;

/** Without braces around it. */
export function writeSelection(columns: readonly string[]): string {
  const root: Tree = new Map();
  for (const column of columns) {
    let tree = root;
    for (const name of column.split(".")) {
      const known = tree.get(name) ?? new Map();
      tree.set(name, known);
      tree = known;
    }
  }
  return writeTree(root);
}

function writeTree(tree: Tree): string {
  return Array.from(tree, ([name, inner]) =>
    inner.size === 0 ? name : `${withAlias(name)} { ${writeTree(inner)} }`,
  ).join(" ");
}

function withAlias(name: string): string {
  return name.startsWith(keyPrefix) ? `${name}: ${name.slice(keyPrefix.length)}` : name;
}
