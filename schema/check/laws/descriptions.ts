// What the team made itself is described: types, fields and their arguments.
import { argumentOf } from "../coordinates.ts";
import type { Law } from "../law.ts";
import { ownFields, ownTypes, takesGeneratedArguments } from "../own-definitions.ts";

export const descriptions: Law = {
  name: "descriptions",
  code: "LAW_DESCRIPTIONS",
  severity: "warning",
  check: ({ mine, others }) => {
    const fields = ownFields(mine, others);
    const silent = [
      ...ownTypes(mine, others)
        .filter(({ description }) => description === undefined)
        .map(({ name }) => name),
      ...fields.filter(({ field }) => field.description === undefined).map(({ coordinate }) => coordinate),
      ...fields
        .filter(({ field }) => !takesGeneratedArguments(field))
        .flatMap(({ coordinate, field }) =>
          [...field.args.values()]
            .filter(({ description }) => description === undefined)
            .map(({ name }) => argumentOf(coordinate, name)),
        ),
    ];
    return silent.map((coordinate) => ({
      coordinate,
      text: `${coordinate} has no description.`,
      fix: "Say in one sentence what it is, with its unit where it has one.",
    }));
  },
};
