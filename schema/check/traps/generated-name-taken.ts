// A name that is generated for a collection and that another subgraph has too: two inputs would be merged to what both have.
import { aggregateFunctions } from "../../product/value.ts";
import { collectionsIn } from "../generated-parts.ts";
import type { Port } from "../port.ts";
import type { Trap } from "../trap.ts";

export const generatedNameTaken: Trap = {
  code: "GENERATED_NAME_TAKEN",
  find: ({ mine, others }) => {
    const own = collectionsIn(mine).map(({ name }) => name);
    return [...mine.types.values()]
      .filter(({ kind }) => kind === "input" || kind === "enum" || kind === "object")
      .flatMap(({ name, dataProduct, keys }) => {
        if (dataProduct || keys.length > 0) return [];
        const other = others.find((port) => port.types.has(name));
        const collection = other && (ownerIn(name, own) ?? ownerIn(name, namesIn(other)));
        if (!other || collection === undefined) return [];
        return [
          {
            coordinate: name,
            text: `${name} is defined in ${mine.subgraph} and in ${other.subgraph}, and is a name generated for the collection ${collection}: only what both have would be kept.`,
            fix: "Give one of the two collections another name.",
            with: [{ subgraph: other.subgraph, coordinate: name }],
          },
        ];
      });
  },
};

function namesIn(port: Port): readonly string[] {
  return collectionsIn(port).map(({ name }) => name);
}

/** Ends of the names that are generated for every collection, whatever its columns are. */
const ends = new RegExp(
  `_(exp|by|direction|column|aggregate|group|((aggregate|${aggregateFunctions.join("|")})_fields))$`,
);

function ownerIn(name: string, collections: readonly string[]): string | undefined {
  return ends.test(name) ? collections.find((collection) => name.startsWith(`${collection}_`)) : undefined;
}
