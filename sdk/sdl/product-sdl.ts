// The SDL of a product's port: the whole single-domain surface, generated from its definition.
import { generatedNames } from "../../schema/product/generated-names.ts";
import { meshDirectiveSdl, meshSchemaExtension } from "../../schema/product/mesh-directives.ts";
import { meshScalars } from "../../schema/product/scalar.ts";
import { type Entity, type Inverse, type Neighbour, type Product, publishedColumns } from "../product.ts";
import { aggregateTypes } from "./aggregate-types.ts";
import { groupTypes } from "./group-types.ts";
import { listTypes } from "./list-types.ts";
import { block, described, marked, quoted } from "./print.ts";

/** SDL of an Apollo Federation 2 subgraph with the directives of the mesh. */
export function productSdl(product: Product): string {
  const entities = [...product.entities.values()];
  const parts = [
    meshSchemaExtension,
    meshDirectiveSdl,
    ...scalarSdl,
    block("type", "Query", `What ${product.owner} offers.`, entities.flatMap(rootFields)),
    ...entities.map((entity) => entityType(entity, product)),
    ...[...product.neighbours.values()].map(neighbourType),
    ...entities.flatMap((entity) => [
      ...listTypes(entity, product),
      ...aggregateTypes(entity),
      ...groupTypes(entity, product),
    ]),
    product.extension?.sdl ?? "",
  ];
  return parts.filter((part) => part !== "").join("\n");
}

const scalarSdl = Object.values(meshScalars).map(({ name, description }) =>
  described(description ?? name, `scalar ${name}\n`),
);

function rootFields(entity: Entity): readonly string[] {
  const names = generatedNames(entity.collection);
  const directive = `@collection(entity: ${quoted(entity.name)}, aggregate: ${quoted(names.aggregate)}, groups: ${quoted(names.groups)}, byPk: ${quoted(names.byPk)}, keysMax: ${entity.keysMax}, rowsMax: ${entity.rowsMax})`;
  const key = entity.key.map(({ name, scalar }) => `${name}: ${scalar}!`).join(", ");
  const groupArguments = `where: ${names.boolExp}, having: ${names.havingExp}, order_by: [${names.groupOrderBy}!], limit: Int, offset: Int, timeZone: String = "UTC"`;
  return [
    described(
      `${entity.description} In the order of \`order_by\`, then of the primary key.`,
      marked(
        `${entity.collection}${listArguments(entity)}: [${entity.name}!]! ${directive}`,
        entity.deprecated,
      ),
    ),
    described(
      `One ${entity.name} by its primary key; null where there is none.`,
      marked(`${names.byPk}(${key}): ${entity.name}`, entity.deprecated),
    ),
    described(
      `Aggregates over ${entity.collection}.`,
      marked(`${names.aggregate}(where: ${names.boolExp}): ${names.aggregate}!`, entity.deprecated),
    ),
    described(
      `Groups of ${entity.collection}, made by what is selected under \`by\`. \`timeZone\` (IANA) cuts the buckets of DateTime columns.`,
      marked(`${names.groups}(${groupArguments}): [${names.group}!]!`, entity.deprecated),
    ),
    ...(entity.watermark
      ? [
          described(
            `How far the source of ${entity.collection} has got.`,
            marked(`${entity.watermark.field}: DateTime`, entity.deprecated),
          ),
        ]
      : []),
  ];
}

function listArguments({ collection }: Entity): string {
  const names = generatedNames(collection);
  return `(where: ${names.boolExp}, order_by: [${names.orderBy}!], limit: Int, offset: Int)`;
}

function entityType(entity: Entity, product: Product): string {
  const { id, version, domain, owner, contact, status, contract, slo } = product;
  const facts = Object.entries({ id, version, domain, owner, contact, status, contract })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${quoted(value as string)}`);
  const head = [
    `${entity.name} @key(fields: ${quoted(entity.key.map(({ name }) => name).join(" "))})`,
    `@dataProduct(${facts.join(", ")})`,
    `@freshness(slo: ${quoted(slo)}${entity.watermark ? `, watermark: ${quoted(entity.watermark.field)}` : ""})`,
  ].join(" ");
  const columns = publishedColumns(entity).map(({ name, scalar, required, description, deprecated }) =>
    described(description, marked(`${name}: ${scalar}${required ? "!" : ""}`, deprecated)),
  );
  const references = [...entity.references.values()].map((reference) => {
    const { name, target, required, description, key, deprecated } = reference;
    const held = key.map(({ column }) => quoted(column.name)).join(", ");
    const definition = `${name}: ${target}${required ? "!" : ""} @reference(key: [${held}])`;
    return described(description, marked(definition, deprecated));
  });
  const inverses = [...entity.inverses.values()].flatMap(inverseFields);
  return block("type", head, entity.description, [...columns, ...references, ...inverses]);
}

function inverseFields({ name, description, source, reference, deprecated }: Inverse): readonly string[] {
  const { aggregate, boolExp } = generatedNames(source.collection);
  return [
    described(
      description,
      marked(
        `${name}${listArguments(source)}: [${source.name}!]! @reference(inverseOf: ${quoted(reference.name)})`,
        deprecated,
      ),
    ),
    described(
      `Aggregates over ${name}.`,
      marked(`${name}_aggregate(where: ${boolExp}): ${aggregate}!`, deprecated),
    ),
  ];
}

function neighbourType({ name, key, inverses }: Neighbour): string {
  const keyFields = [...key].map(([field, scalar]) => `${field}: ${scalar}!`);
  const head = `${name} @key(fields: ${quoted([...key.keys()].join(" "))})`;
  const fields = [...keyFields, ...[...inverses.values()].flatMap(inverseFields)];
  return `type ${head} {\n${fields.map((field) => field.replace(/^/gm, "  ")).join("\n")}\n}\n`;
}
