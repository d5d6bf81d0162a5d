// Names that GraphQL takes, made of the names that a table has: camelCase for fields, PascalCase for entities.

/** `Lounge Name` → `loungeName`, `2001` → `field2001`, `Größe` → `grosse`; "" where no letter or digit is left. */
export function fieldName(column: string): string {
  const words = wordsOf(column);
  const [first = "", ...others] = words.map((word) => word.toLowerCase());
  const name = first + others.map(capital).join("");
  if (name === "") return "";
  return /^[a-z]/.test(name) && !reserved.has(name) ? name : `field${capital(name)}`;
}

/** GraphQL's literals, and what reads as a part of a question. */
const reserved: ReadonlySet<string> = new Set(["true", "false", "null"]);

/** A field for each column, none of them twice. Columns whose names have no letter are called by their place. */
export function fieldNames(columns: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    columns.map((column, i) => {
      const wanted = fieldName(column) || `field${i + 1}`;
      let name = wanted;
      for (let n = 2; taken.has(name); n++) name = `${wanted}${n}`;
      taken.add(name);
      return [column, name];
    }),
  );
}

/** `airport-lounges` → `AirportLounge`. */
export function entityName(plural: string): string {
  const words = wordsOf(plural).map((word) => word.toLowerCase());
  const last = words.pop() ?? "";
  return [...words, singular(last)].map(capital).join("");
}

/** Words of a name: at spaces and signs, and where a capital follows a small letter. Marks fall off letters. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll("ß", "ss")
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
    .replaceAll(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .split(/[^A-Za-z\d]+/)
    .filter((word) => word !== "");
}

/** Of an English plural. */
export function singular(word: string): string {
  if (/(ss|us|is)$/.test(word) || word.length < 4) return word;
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (/(ches|shes|xes|zes|sses)$/.test(word)) return word.slice(0, -2);
  return word.replace(/s$/, "");
}

export function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** A sentence of a name, where nobody wrote one: `opened_at` → `Opened at.` */
export function sentenceOf(column: string): string {
  const words = wordsOf(column).map((word) =>
    /^[A-Z\d]+$/.test(word) && word.length < 5 ? word : word.toLowerCase(),
  );
  return `${capital(words.join(" ") || column)}.`;
}
