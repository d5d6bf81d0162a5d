// `defineProduct`: checks a definition as a domain team writes it and resolves it into a Product.
import { type Deprecation, isCoordinate, isDay } from "../schema/product/deprecation.ts";
import { durationMs } from "../schema/product/freshness.ts";
import { generatedNames } from "../schema/product/generated-names.ts";
import { type ProductStatus, productStatuses } from "../schema/product/mesh.ts";
import { isScalarName, type ScalarName, scalarTraits } from "../schema/product/scalar.ts";
import type { Shape } from "../schema/product/shape.ts";
import { checkGeneratedNames } from "./check-generated-names.ts";
import type { Column, Entity, Inverse, Neighbour, Product, Reference, Resolvers } from "./product.ts";
import { defining } from "./product-faults.ts";
import type { OpenEngine } from "./sql/engine.ts";

/** `Int!` for a column without nulls, `Int` for one with. */
export type ColumnType = ScalarName | `${ScalarName}!`;

export type ColumnDefinition = {
  readonly type: ColumnType;
  readonly description: string;
  /** The column's name in the table; left out = the field's. */
  readonly column?: string;
  readonly deprecated?: Deprecation;
};

export type ReferenceDefinition = {
  /** An entity of this product, or one of its `neighbours`. */
  readonly entity: string;
  /** For each field of that entity's key: the column of this table that holds it. */
  readonly key: Readonly<Record<string, string>>;
  readonly description: string;
  /** True where every row has one. */
  readonly required?: boolean;
  /** The to-many that this product adds to that entity. */
  readonly inverse?: {
    readonly field: string;
    readonly description: string;
    readonly deprecated?: Deprecation;
  };
  readonly deprecated?: Deprecation;
};

export type EntityDefinition = {
  readonly description: string;
  /** Name of the root field that lists it, and the prefix of every type generated for it. */
  readonly collection: string;
  /** Left out = the collection's name. */
  readonly table?: string;
  /** Primary key: names of `columns`. */
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, ColumnDefinition>>;
  readonly references?: Readonly<Record<string, ReferenceDefinition>>;
  /**
   * How far the source has got: the latest value of a date or timestamp, in a column of the entity or in any column of
   * any table (a table's own clock). Answered by the root field `<collection>_watermark`.
   */
  readonly watermark?:
    | { readonly column: string }
    | { readonly table: string; readonly physicalColumn: string };
  /** All that offers it is: the fields of the root, and each of its own that is not deprecated by itself. */
  readonly deprecated?: Deprecation;
  /** Most keys in one `_in` and most representations in one request. Default 10,000. */
  readonly keysMax?: number;
  /** Most rows, or groups, in one answer. Default 100,000. */
  readonly rowsMax?: number;
};

export type ProductDefinition = {
  readonly id: string;
  /** Semantic version of the port. */
  readonly version: string;
  readonly domain: string;
  readonly owner: string;
  readonly contact: string;
  /** All that a deprecated or retired product offers is deprecated. Left out = active. */
  readonly status?: ProductStatus;
  readonly contract?: string;
  /** How old an answer may be: an ISO 8601 duration such as `PT15M`. */
  readonly freshness: { readonly slo: string };
  readonly engine: OpenEngine;
  readonly entities: Readonly<Record<string, EntityDefinition>>;
  /** Entities of other domains that references lead to: each with its key. */
  readonly neighbours?: Readonly<Record<string, Readonly<Record<string, ScalarName>>>>;
  /** Fields of your own: SDL (`extend type Flight { … }`) and their resolvers, which get whole rows. */
  readonly extension?: { readonly sdl: string; readonly resolvers: Resolvers };
};

/**
 * Checks the definition and resolves it.
 * @throws defining.PRODUCT_FIELD, defining.PRODUCT_NAME, defining.PRODUCT_NAME_TAKEN
 */
export function defineProduct(definition: ProductDefinition): Product {
  const refuse = (place: string, problem: string) =>
    defining.PRODUCT_FIELD({ product: definition.id, place, problem });
  if (durationMs(definition.freshness.slo) === undefined)
    throw refuse("freshness.slo", `${definition.freshness.slo} is no ISO 8601 duration of fixed length`);
  if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(definition.version))
    throw refuse("version", `${definition.version} is no semantic version`);
  for (const field of ["domain", "owner", "contact"] as const)
    if (definition[field].trim() === "") throw refuse(field, "is empty");
  const { status = "active" } = definition;
  if (!productStatuses.includes(status))
    throw refuse("status", `${status} is none of ${productStatuses.join(", ")}`);

  const neighbours = new Map<string, Neighbour & { inverses: Map<string, Inverse> }>();
  for (const [name, key] of Object.entries(definition.neighbours ?? {})) {
    checkName(definition.id, "neighbours", name);
    if (Object.keys(key).length === 0) throw refuse(`neighbours.${name}`, "names no key field");
    for (const [field, scalar] of Object.entries(key)) {
      checkName(definition.id, `neighbours.${name}`, field);
      if (!isScalarName(scalar)) throw refuse(`neighbours.${name}.${field}`, notScalar(scalar));
    }
    neighbours.set(name, { name, key: new Map(Object.entries(key)), inverses: new Map() });
  }

  const entities = new Map<string, MutableEntity>();
  for (const [name, entity] of Object.entries(definition.entities)) {
    if (neighbours.has(name)) throw refuse(`entities.${name}`, "is also named under `neighbours`");
    entities.set(name, defineEntity(definition.id, name, entity));
  }
  if (entities.size === 0) throw refuse("entities", "is empty");

  for (const [name, entity] of Object.entries(definition.entities))
    for (const [field, reference] of Object.entries(entity.references ?? {}))
      connect(definition.id, entities.get(name) as MutableEntity, field, reference, entities, neighbours);
  for (const entity of entities.values()) fillShape(definition.id, entity, entities, neighbours);

  const product: Product = {
    id: definition.id,
    version: definition.version,
    domain: definition.domain,
    owner: definition.owner,
    contact: definition.contact,
    status,
    contract: definition.contract,
    slo: definition.freshness.slo,
    entities,
    neighbours,
    openEngine: definition.engine,
    extension: definition.extension,
  };
  checkGeneratedNames(product);
  return product;
}

/** An entity while its references are being connected. */
type MutableEntity = Entity & {
  readonly columns: Map<string, Column>;
  readonly references: Map<string, Reference>;
  readonly inverses: Map<string, Inverse>;
  readonly shape: {
    columns: Map<string, ScalarName>;
    references: Map<string, () => Shape>;
    inverses: Map<string, () => Shape>;
  };
};

function defineEntity(product: string, name: string, entity: EntityDefinition): MutableEntity {
  const place = `entities.${name}`;
  checkName(product, place, name);
  checkName(product, `${place}.collection`, entity.collection);
  const columns = new Map<string, Column>();
  for (const [field, column] of Object.entries(entity.columns)) {
    checkName(product, `${place}.columns`, field);
    columns.set(field, defineColumn(product, `${place}.columns.${field}`, field, column, entity.deprecated));
  }
  const key = entity.key.map((field) => {
    const column = columns.get(field);
    const problem = column
      ? column.required
        ? undefined
        : `${field} may be null`
      : `${field} is not one of its columns`;
    if (!column || problem)
      throw defining.PRODUCT_FIELD({ product, place: `${place}.key`, problem: problem ?? "" });
    return column;
  });
  if (key.length === 0)
    throw defining.PRODUCT_FIELD({ product, place: `${place}.key`, problem: "names no column" });
  const { keysMax = 10_000, rowsMax = 100_000 } = entity;
  for (const [limit, value] of Object.entries({ keysMax, rowsMax }))
    if (!(value > 0 && value === (value | 0)))
      throw defining.PRODUCT_FIELD({
        product,
        place,
        problem: `${limit} is ${value}, and must be an Int above 0`,
      });
  return {
    name,
    description: entity.description,
    collection: entity.collection,
    table: entity.table ?? entity.collection,
    key,
    columns,
    references: new Map(),
    inverses: new Map(),
    keysMax,
    rowsMax,
    deprecated: checkDeprecation(product, place, entity.deprecated),
    watermark: defineWatermark(product, place, entity, columns),
    shape: { columns: new Map(), references: new Map(), inverses: new Map() },
  };
}

function defineWatermark(
  product: string,
  place: string,
  { collection, table = collection, watermark }: EntityDefinition,
  columns: ReadonlyMap<string, Column>,
): Entity["watermark"] {
  if (!watermark) return undefined;
  const field = generatedNames(collection).watermark;
  if ("table" in watermark) return { field, table: watermark.table, column: watermark.physicalColumn };
  const column = columns.get(watermark.column);
  if (!column || Object.keys(scalarTraits[column.scalar].buckets).length === 0)
    throw defining.PRODUCT_FIELD({
      product,
      place: `${place}.watermark`,
      problem: `${watermark.column} is no date or timestamp among its columns`,
    });
  return { field, table, column: column.physical };
}

function defineColumn(
  product: string,
  place: string,
  name: string,
  column: ColumnDefinition,
  ofEntity: Deprecation | undefined,
): Column {
  const scalar = column.type.replace(/!$/, "");
  if (!isScalarName(scalar))
    throw defining.PRODUCT_FIELD({ product, place, problem: notScalar(column.type) });
  return {
    name,
    scalar,
    required: column.type.endsWith("!"),
    description: column.description,
    physical: column.column ?? name,
    published: true,
    deprecated: checkDeprecation(product, place, column.deprecated) ?? ofEntity,
  };
}

/** It is written into a text that is read again, so that it must be as it is read there. */
function checkDeprecation(
  product: string,
  place: string,
  deprecated: Deprecation | undefined,
): Deprecation | undefined {
  if (!deprecated) return undefined;
  const { replacement, since, ends } = deprecated;
  const refuse = (problem: string) =>
    defining.PRODUCT_FIELD({ product, place: `${place}.deprecated`, problem });
  if (typeof deprecated.reason !== "string") throw refuse("it has no reason");
  if (replacement !== undefined && !isCoordinate(replacement))
    throw refuse(`its replacement ${replacement} is no schema coordinate such as Airport.town`);
  for (const day of [since, ends])
    if (day !== undefined && !isDay(day)) throw refuse(`${day} is no day such as 2027-06-30`);
  return deprecated;
}

/** Adds a reference to its entity, and its inverse to the entity that it leads to. */
function connect(
  product: string,
  entity: MutableEntity,
  name: string,
  definition: ReferenceDefinition,
  entities: ReadonlyMap<string, MutableEntity>,
  neighbours: ReadonlyMap<string, Neighbour & { inverses: Map<string, Inverse> }>,
): void {
  const place = `entities.${entity.name}.references.${name}`;
  checkName(product, place, name);
  const target = entities.get(definition.entity) ?? neighbours.get(definition.entity);
  if (!target) {
    const problem = `${definition.entity} is neither an entity of this product nor one of its neighbours`;
    throw defining.PRODUCT_FIELD({ product, place, problem });
  }
  const keyFields = new Map(
    "collection" in target ? target.key.map(({ name: field, scalar }) => [field, scalar]) : target.key,
  );
  const given = Object.keys(definition.key);
  if (given.length !== keyFields.size || given.some((field) => !keyFields.has(field))) {
    const problem = `its key names ${given.join(", ")}, and ${target.name} is found by ${[...keyFields.keys()].join(", ")}`;
    throw defining.PRODUCT_FIELD({ product, place, problem });
  }
  const required = definition.required ?? false;
  const key = [...keyFields].map(([field, scalar]) => {
    const physical = definition.key[field] as string;
    const published = [...entity.columns.values()].find((column) => column.physical === physical);
    const column: Column = published ?? {
      name: `${name}_${field}`,
      scalar,
      required,
      description: `The ${field} of ${name}.`,
      physical,
      published: false,
      deprecated: undefined,
    };
    if (column.scalar !== scalar) {
      const problem = `${column.name} is ${column.scalar}, and ${target.name}.${field} is ${scalar}`;
      throw defining.PRODUCT_FIELD({ product, place, problem });
    }
    if (column !== published) claim(product, place, entity.columns, column.name);
    entity.columns.set(column.name, column);
    return { field, column };
  });
  claim(product, place, entity.columns, name);
  claim(product, place, entity.references, name);
  const reference: Reference = {
    name,
    target: target.name,
    required,
    description: definition.description,
    key,
    deprecated: checkDeprecation(product, place, definition.deprecated) ?? entity.deprecated,
  };
  entity.references.set(name, reference);
  if (!definition.inverse) return;
  const { field, description, deprecated } = definition.inverse;
  checkName(product, `${place}.inverse`, field);
  claim(product, `${place}.inverse`, target.inverses, field);
  target.inverses.set(field, {
    name: field,
    description,
    source: entity,
    reference,
    deprecated: checkDeprecation(product, `${place}.inverse`, deprecated) ?? entity.deprecated,
  });
}

function fillShape(
  product: string,
  entity: MutableEntity,
  entities: ReadonlyMap<string, MutableEntity>,
  neighbours: ReadonlyMap<string, Neighbour>,
): void {
  for (const column of entity.columns.values()) {
    if (!column.published) continue;
    entity.shape.columns.set(column.name, column.scalar);
    for (const bucket of Object.keys(scalarTraits[column.scalar].buckets))
      claim(product, `entities.${entity.name}.columns`, entity.columns, `${column.name}_${bucket}`);
  }
  for (const reference of entity.references.values()) {
    const own = entities.get(reference.target);
    const keyShape: Shape = {
      columns: neighbours.get(reference.target)?.key ?? new Map(),
      references: new Map(),
      inverses: new Map(),
    };
    entity.shape.references.set(reference.name, () => own?.shape ?? keyShape);
  }
  for (const inverse of entity.inverses.values())
    entity.shape.inverses.set(inverse.name, () => inverse.source.shape);
}

function notScalar(type: string): string {
  return `${type} is no scalar of the mesh`;
}

function claim(product: string, place: string, taken: ReadonlyMap<string, unknown>, name: string): void {
  if (taken.has(name)) throw defining.PRODUCT_NAME_TAKEN({ product, place, name });
}

function checkName(product: string, place: string, name: string): void {
  const legal = /^[A-Za-z](_?[A-Za-z0-9])*$/.test(name) && !["true", "false", "null"].includes(name);
  if (!legal) throw defining.PRODUCT_NAME({ product, place, name });
}
