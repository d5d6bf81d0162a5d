// A directive of the mesh without the @link to the mesh: it is taken for one of the subgraph's own and says nothing.
import { meshDirectives, meshSpecUrl } from "../../product/mesh-directives.ts";
import type { PortField, PortType } from "../port.ts";
import type { Trap } from "../trap.ts";

export const meshNotLinked: Trap = {
  code: "MESH_NOT_LINKED",
  find: ({ mine }) =>
    [...mine.types.values()].flatMap((type) =>
      [
        ...unlinked(type).map((name) => ({ name, coordinate: type.name })),
        ...[...type.fields.values()].flatMap((field) =>
          unlinkedOf(field).map((name) => ({ name, coordinate: `${type.name}.${field.name}` })),
        ),
      ].map(({ name, coordinate }) => ({
        coordinate,
        text: `@${name} of ${coordinate} says nothing: the schema does not link the mesh's directives.`,
        fix: `Add \`@link(url: "${meshSpecUrl}", import: ["@${name}"])\` to \`extend schema\`.`,
      })),
    ),
};

function unlinked({ nodes, dataProduct, freshness }: PortType): readonly string[] {
  const written = nodes.flatMap(({ directives }) => (directives ?? []).map(({ name }) => name.value));
  return meshDirectives.filter(
    (name) =>
      written.includes(name) &&
      ((name === "dataProduct" && !dataProduct) || (name === "freshness" && !freshness)),
  );
}

function unlinkedOf({ node, collection, reference }: PortField): readonly string[] {
  const written = (node.directives ?? []).map(({ name }) => name.value);
  return meshDirectives.filter(
    (name) =>
      written.includes(name) &&
      ((name === "collection" && !collection) || (name === "reference" && !reference)),
  );
}
