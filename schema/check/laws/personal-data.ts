// A column whose name speaks of a person is classified in the contract, if only as `public`.
import { classificationsOf } from "../../contract/classifications.ts";
import { personalSign } from "../../product/personal-sign.ts";
import type { Law, LawFacts } from "../law.ts";
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
