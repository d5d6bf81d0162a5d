// A column whose name speaks of a person is classified in the contract, if only as `public`.
import { classificationsOf } from "../../contract/classifications.ts";
import type { Law, LawFacts } from "../law.ts";
import { nameWords } from "../name-words.ts";
import { ownColumns } from "../own-definitions.ts";

export const personalData: Law = {
  name: "personalData",
  code: "LAW_PERSONAL_DATA",
  severity: "error",
  check: (facts) =>
    ownColumns(facts.mine).flatMap(({ coordinate, type, field }) => {
      const sign = personalSign(field.name);
      if (sign === undefined || isClassified(facts, type.name, field.name)) return [];
      return [
        {
          coordinate,
          text: `${coordinate} may be personal data (${sign}), and the contract does not classify it.`,
          fix: "Give the property a `classification` in the contract, such as `confidential`, or `public` where it is none.",
        },
      ];
    }),
};

/** A contract that cannot be read is told of elsewhere. */
function isClassified({ contract }: LawFacts, entity: string, column: string): boolean {
  if (contract === "unreadable") return true;
  if (contract === "missing") return false;
  return (classificationsOf(contract).get(`${entity}.${column}`)?.trim() ?? "") !== "";
}

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

function personalSign(column: string): string | undefined {
  const words = ` ${nameWords(column).join(" ")} `;
  // `phonenumber` and `emailaddress` run words together.
  const text = words.replaceAll(/\b(e?mail|phone|mobile|street|ip)(address|addr|number|no|nr)\b/g, "$1 $2");
  return signs.find((sign) => text.includes(` ${sign} `) || text.includes(` ${sign}s `));
}
