// Which names of columns speak of a person, however they are spelt.
import { nameWords } from "./name-words.ts";

/** Words in a row that speak of a person; the first that is found is told. */
const signs: readonly string[] = [
  "e mail",
  "email",
  "mail address",
  "phone",
  "telephone",
  "mobile",
  "cellphone",
  "fax",
  "telefon",
  "birth",
  "birthday",
  "birthdate",
  "birthplace",
  "dob",
  "geburtsdatum",
  "address",
  "street",
  "adresse",
  "strasse",
  "surname",
  "last name",
  "lastname",
  "family name",
  "maiden name",
  "first name",
  "firstname",
  "given name",
  "forename",
  "full name",
  "fullname",
  "nachname",
  "vorname",
  "ip",
  "iban",
  "credit card",
  "card number",
  "passport",
  "ssn",
  "social security",
  "national id",
  "tax id",
  "driver licence",
  "driver license",
  "license plate",
  "licence plate",
  "nationality",
  "gender",
  "religion",
  "ethnicity",
  "marital status",
  "salary",
];

/** What in the name of a column speaks of a person; undefined where nothing does. */
export function personalSign(column: string): string | undefined {
  const words = ` ${nameWords(column).join(" ")} `;
  // `phonenumber` and `emailaddress` run words together.
  const text = words.replaceAll(/\b(e?mail|phone|mobile|street|ip)(address|addr|number|no|nr)\b/g, "$1 $2");
  return signs.find((sign) => text.includes(` ${sign} `) || text.includes(` ${sign}s `));
}
