// Values have the scalar that holds them exactly: days and times are no text, money is no binary fraction, codes are no numbers.
import { nameWords } from "../../product/name-words.ts";
import { namedType } from "../coordinates.ts";
import type { Law } from "../law.ts";
import { ownColumns } from "../own-definitions.ts";

export const scalars: Law = {
  name: "scalars",
  code: "LAW_SCALARS",
  severity: "warning",
  check: ({ mine }) =>
    ownColumns(mine).flatMap(({ coordinate, field }) => {
      const scalar = namedType(field.type);
      const advice = adviceFor(nameWords(field.name), scalar);
      if (advice === undefined) return [];
      return [
        {
          coordinate,
          text: `${coordinate} is a ${scalar}, and ${advice.why}.`,
          fix: `Make it a ${advice.scalar}; where the name says something else, rename it.`,
        },
      ];
    }),
};

type Advice = { readonly why: string; readonly scalar: string };

const days = new Set(["date", "day", "birthday", "birthdate"]);
const times = new Set(["timestamp", "datetime", "at"]);
const money = new Set(["price", "cost", "costs", "fee", "fees", "salary", "revenue", "turnover", "balance"]);
const codes = new Set([
  "zip",
  "zipcode",
  "postcode",
  "phone",
  "telephone",
  "fax",
  "iban",
  "isbn",
  "ean",
  "vat",
]);
const numbers = new Set(["Int", "BigInt", "Float", "Decimal"]);

/** By the last word of the name, so that `dateFormat` and `priceList` are left alone. */
function adviceFor(words: readonly string[], scalar: string): Advice | undefined {
  const last = words.at(-1) ?? "";
  const isTime = times.has(last) && (last !== "at" || words.length > 1);
  if (scalar === "String" && days.has(last))
    return {
      why: "its name says a day: text is compared letter by letter",
      scalar: "Date, DateTime or LocalDateTime",
    };
  if (scalar === "String" && isTime)
    return {
      why: "its name says a time: text is compared letter by letter",
      scalar: "DateTime or LocalDateTime",
    };
  if (scalar === "Float" && money.has(last))
    return { why: "its name says money: sums of binary fractions are not exact", scalar: "Decimal" };
  if (numbers.has(scalar) && codes.has(last))
    return { why: "its name says a code: zeros in front are lost", scalar: "String" };
  return undefined;
}
