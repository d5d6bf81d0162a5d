// Names are spelt as everywhere in the mesh, and what is made for a collection is called as the house calls it.
import { generatedNames } from "../../product/generated-names.ts";
import { namedType } from "../coordinates.ts";
import type { Law, LawFinding } from "../law.ts";
import { type OwnField, ownFields, ownTypes } from "../own-definitions.ts";

export const naming: Law = {
  name: "naming",
  code: "LAW_NAMING",
  severity: "warning",
  check: ({ mine, others }) => [
    ...ownTypes(mine, others)
      .filter(({ name }) => !/^[A-Z][A-Za-z0-9]*$/.test(name))
      .map(({ name }) => ({
        coordinate: name,
        text: `The type ${name} is not spelt as types are.`,
        fix: `Name it \`${pascal(name)}\`.`,
      })),
    ...ownFields(mine, others).flatMap((own) => [...misspelt(own), ...misnamed(own)]),
  ],
};

function misspelt({ coordinate, field: { name } }: OwnField): readonly LawFinding[] {
  if (/^[a-z][A-Za-z0-9]*(_[a-z0-9]+)*$/.test(name)) return [];
  return [
    {
      coordinate,
      text: `${coordinate} is not spelt as fields are: a small letter first, no double underscore.`,
      fix: `Name it \`${camel(name)}\`.`,
    },
  ];
}

/** Others ask a collection of the dialect `weft` by the generated names of its siblings and its `where`. */
function misnamed({ coordinate, field }: OwnField): readonly LawFinding[] {
  const { collection, name, args } = field;
  if (!collection || (collection.dialect ?? "weft") !== "weft") return [];
  const names = generatedNames(name);
  const expected = [
    ["aggregate", collection.aggregate, names.aggregate],
    ["groups", collection.groups, names.groups],
    ["byPk", collection.byPk, names.byPk],
    [
      "type of `where`",
      args.get("where") && namedType((args.get("where") as { type: OwnField["field"]["type"] }).type),
      names.boolExp,
    ],
  ] as const;
  return expected.flatMap(([what, given, house]) =>
    given === undefined || given === house
      ? []
      : [
          {
            coordinate,
            text: `The ${what} of ${coordinate} is called ${String(given)}.`,
            fix: `Name it \`${house}\`.`,
          },
        ],
  );
}

function pascal(name: string): string {
  const joined = name
    .replaceAll(/_+([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase())
    .replaceAll("_", "");
  return joined.charAt(0).toUpperCase() + joined.slice(1);
}

function camel(name: string): string {
  const joined = pascal(name);
  return joined.charAt(0).toLowerCase() + joined.slice(1);
}
