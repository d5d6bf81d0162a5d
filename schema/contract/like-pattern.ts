// Regular expressions that `_like` can say as well: literals, `.`, `.*`, `.+`, `.{n}` and the anchors.

/** The pattern of `_like` that takes the same texts (without line breaks); undefined where there is none. */
export function likePattern(expression: string): string | undefined {
  const anchoredStart = expression.startsWith("^");
  const anchoredEnd = /(?:^|[^\\])(?:\\\\)*\$$/.test(expression);
  const body = expression.slice(anchoredStart ? 1 : 0, anchoredEnd ? -1 : undefined);
  let pattern = "";
  let rest = body;
  while (rest !== "") {
    const part = firstPart(rest);
    if (!part) return undefined;
    pattern += part.pattern;
    rest = rest.slice(part.length);
  }
  return `${anchoredStart ? "" : "%"}${pattern}${anchoredEnd ? "" : "%"}`;
}

type Part = { readonly pattern: string; readonly length: number };

function firstPart(text: string): Part | undefined {
  const dots = /^\.(\*|\+|\{(\d{1,3})\})?/.exec(text);
  if (dots) {
    const [all, repeat, times] = dots;
    if (/^[?*+{]/.test(text.slice(all.length))) return undefined;
    const pattern = repeat === "*" ? "%" : repeat === "+" ? "_%" : "_".repeat(Number(times ?? 1));
    return { pattern, length: all.length };
  }
  const [literal, escaped] = /^(?:\\([^A-Za-z0-9\s])|[^\\^$.*+?()[\]{}|])/u.exec(text) ?? [];
  // A quantifier behind a literal would make it another language.
  if (literal === undefined || /^[?*+{]/.test(text.slice(literal.length))) return undefined;
  const character = escaped ?? literal;
  return { pattern: /[%_\\]/.test(character) ? `\\${character}` : character, length: literal.length };
}
