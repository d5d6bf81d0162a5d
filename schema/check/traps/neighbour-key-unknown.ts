// A neighbour's entity by a key that its owner does not have: its fields cannot be reached from here.
import { missing } from "../pairs.ts";
import type { Trap } from "../trap.ts";

export const neighbourKeyUnknown: Trap = {
  code: "NEIGHBOUR_KEY_UNKNOWN",
  find: ({ mine, others }) =>
    [...mine.types.values()]
      .filter(({ dataProduct, keys }) => !dataProduct && keys.length > 0)
      .flatMap((type) => {
        const owner = others.find((port) => port.types.get(type.name)?.dataProduct);
        const keys = owner?.types.get(type.name)?.keys;
        if (
          !owner ||
          !keys ||
          missing(keys.map(ordered), new Set(type.keys.map(ordered))).length < keys.length
        )
          return [];
        return [
          {
            coordinate: type.name,
            text: `${type.name} is known here by ${type.keys.join(" or by ")}, and ${owner.subgraph}, who owns it, finds it by ${keys.join(" or by ")}.`,
            fix: `Write @key(fields: "${keys[0]}") and give ${type.name} these fields.`,
            with: [{ subgraph: owner.subgraph, coordinate: type.name }],
          },
        ];
      }),
};

function ordered(key: string): string {
  return key.split(" ").sort().join(" ");
}
