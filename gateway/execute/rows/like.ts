// `_like`: patterns where `%` stands for any text and `_` for any one character, unless `\` stands before them.

type Part =
  | { readonly kind: "text"; readonly character: string }
  | { readonly kind: "one" }
  | { readonly kind: "any" };

/** Characters are code points. `fold`: ASCII letters are the same in either case. */
export function compileLike(
  pattern: string,
  { fold }: { readonly fold: boolean },
): (text: string) => boolean {
  const parts = [...pattern.matchAll(/\\([\s\S])|[\s\S]/gu)].map(([whole, escaped]): Part => {
    if (whole === "%") return { kind: "any" };
    if (whole === "_") return { kind: "one" };
    return { kind: "text", character: folded(escaped ?? whole, fold) };
  });
  return (text) => matches(parts, [...folded(text, fold)]);
}

function folded(text: string, fold: boolean): string {
  return fold ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : text;
}

/** Goes back to the last `%` only, which is enough: no more than pattern times text in steps. */
function matches(parts: readonly Part[], text: readonly string[]): boolean {
  let part = 0;
  let at = 0;
  let afterAny: { readonly part: number; at: number } | undefined;
  while (at < text.length) {
    const wanted = parts[part];
    if (wanted?.kind === "any") {
      part += 1;
      afterAny = { part, at };
    } else if (wanted?.kind === "one" || (wanted?.kind === "text" && wanted.character === text[at])) {
      part += 1;
      at += 1;
    } else if (afterAny) {
      afterAny.at += 1;
      at = afterAny.at;
      part = afterAny.part;
    } else return false;
  }
  return parts.slice(part).every(({ kind }) => kind === "any");
}
