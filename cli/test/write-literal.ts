// Writes arguments into the text of a question: so it needs no names of types, which a port may choose.

/** A value of an enum: written without quotes. */
export class EnumValue {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

export type Literal =
  | string
  | number
  | boolean
  | EnumValue
  | readonly Literal[]
  | { readonly [key: string]: Literal };

/** GraphQL's literal of a value. Text is escaped as JSON has it, which GraphQL takes. */
export function writeLiteral(value: Literal): string {
  if (value instanceof EnumValue) return value.name;
  if (Array.isArray(value)) return `[${value.map(writeLiteral).join(", ")}]`;
  if (typeof value === "object")
    return `{ ${Object.entries(value)
      .map(([key, each]) => `${key}: ${writeLiteral(each as Literal)}`)
      .join(", ")} }`;
  return JSON.stringify(value);
}
