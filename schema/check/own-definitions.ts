// What the makers of a port wrote themselves: not what is generated for a collection, and not what a neighbour owns.
import { meshScalars } from "../product/scalar.ts";
import { namedType } from "./coordinates.ts";
import { collectionsIn, ownersOf } from "./generated-parts.ts";
import type { Port, PortField, PortType } from "./port.ts";

const roots: ReadonlySet<string> = new Set(["Query", "Mutation", "Subscription"]);

/** Data products of this port. */
export function ownProducts(port: Port): readonly PortType[] {
  return [...port.types.values()].filter(({ dataProduct }) => dataProduct);
}

/** Entities that nobody else declares: a neighbour's that is only referred to is not among them. */
export function ownEntities(port: Port, others: readonly Port[]): readonly PortType[] {
  return [...port.types.values()].filter(
    (type) => type.kind === "object" && type.keys.length > 0 && !isNeighbours(type, others),
  );
}

/** Does another port own the type, or has it without anybody owning it? */
function isNeighbours(type: PortType, others: readonly Port[]): boolean {
  return type.keys.length > 0 && !type.dataProduct && others.some((port) => port.types.has(type.name));
}

/** Types that are neither generated nor a neighbour's; the roots and the mesh's scalars are not among them. */
export function ownTypes(port: Port, others: readonly Port[]): readonly PortType[] {
  const collections = collectionsIn(port);
  return [...port.types.values()].filter(
    (type) =>
      !roots.has(type.name) &&
      !Object.hasOwn(meshScalars, type.name) &&
      !isNeighbours(type, others) &&
      ownersOf(type.name, port, collections).length === 0,
  );
}

export type OwnField = { readonly coordinate: string; readonly type: PortType; readonly field: PortField };

/** Fields that are not generated: those of own types, and those added to a neighbour's, without its key. */
export function ownFields(port: Port, others: readonly Port[]): readonly OwnField[] {
  const collections = collectionsIn(port);
  return [...port.types.values()].flatMap((type) => {
    if (!roots.has(type.name) && ownersOf(type.name, port, collections).length > 0) return [];
    const theirs = isNeighbours(type, others)
      ? new Set(type.keys.join(" ").split(/[\s{}]+/))
      : new Set<string>();
    return [...type.fields.values()]
      .filter(({ name, external }) => !external && !theirs.has(name))
      .map((field) => ({ coordinate: `${type.name}.${field.name}`, type, field }))
      .filter(({ coordinate }) => !isGeneratedField(coordinate, port));
  });
}

/** Siblings of collections (`flights_by_pk`), and the aggregates of to-manies (`departures_aggregate`). */
function isGeneratedField(coordinate: string, port: Port): boolean {
  const owners = ownersOf(coordinate, port, collectionsIn(port));
  return owners.some((owner) => {
    const [type = "", field = ""] = owner.split(".");
    const found = port.types.get(type)?.fields.get(field);
    return found?.collection !== undefined || found?.reference?.inverseOf !== undefined;
  });
}

/** Do the arguments of a field come from the house: `where`, `order_by` and so on? */
export function takesGeneratedArguments({ collection, reference }: PortField): boolean {
  return collection !== undefined || reference?.inverseOf !== undefined;
}

/** Fields of own products that hold a value themselves: no references, no lists of entities. */
export function ownColumns(port: Port): readonly OwnField[] {
  return ownProducts(port).flatMap((type) =>
    [...type.fields.values()]
      .filter(({ reference, external, args }) => !reference && !external && args.size === 0)
      .filter(({ type: node }) => {
        const kind = port.types.get(namedType(node))?.kind ?? "scalar";
        return kind === "scalar" || kind === "enum";
      })
      .map((field) => ({ coordinate: `${type.name}.${field.name}`, type, field })),
  );
}
