// `defineProduct`: what is wrong with a definition is found there, with a code, the place and the name.
import { describe, expect, test } from "vitest";
import { Fault } from "weft/schema";
import { defineProduct, duckdb, type EntityDefinition, type ProductDefinition } from "weft/sdk";
import { museum } from "./support/museum.ts";

const column = (type = "String") =>
  ({ type, description: "A column." }) as { type: "String"; description: string };
const thing: EntityDefinition = {
  description: "A thing.",
  collection: "things",
  key: ["id"],
  columns: { id: column("Int!"), name: column() },
};
const sound: ProductDefinition = {
  id: "things",
  version: "1.0.0",
  domain: "test",
  owner: "Test",
  contact: "test@weft.example",
  freshness: { slo: "P1D" },
  engine: duckdb({ load: [] }),
  entities: { Thing: thing },
};

const thingWith = (change: Partial<EntityDefinition>): ProductDefinition => ({
  ...sound,
  entities: { Thing: { ...thing, ...change } },
});
const columns = (more: EntityDefinition["columns"]) => thingWith({ columns: { ...thing.columns, ...more } });
const maker = { entity: "Maker", key: { id: "maker_id" }, description: "Who made it." };
const parent = { entity: "Thing", key: { id: "parent_id" }, description: "Its parent." };
const referring = (
  references: EntityDefinition["references"],
  more: EntityDefinition["columns"] = {},
): ProductDefinition => ({
  ...thingWith({ references: references ?? {}, columns: { ...thing.columns, ...more } }),
  neighbours: { Maker: { id: "Int" } },
});

function refusal(definition: ProductDefinition): { readonly code: string; readonly message: string } {
  try {
    defineProduct(definition);
  } catch (failure) {
    if (failure instanceof Fault) return failure;
    throw failure;
  }
  return { code: "none", message: "" };
}

const fields: readonly (readonly [problem: string, definition: ProductDefinition])[] = [
  ["freshness.slo: soon is no ISO 8601 duration", { ...sound, freshness: { slo: "soon" } }],
  ["freshness.slo: P1M is no ISO 8601 duration", { ...sound, freshness: { slo: "P1M" } }],
  ["version: 1.0 is no semantic version", { ...sound, version: "1.0" }],
  ["domain: is empty", { ...sound, domain: " " }],
  ["owner: is empty", { ...sound, owner: "" }],
  ["contact: is empty", { ...sound, contact: "" }],
  ["entities: is empty", { ...sound, entities: {} }],
  ["entities.Thing: is also named under `neighbours`", { ...sound, neighbours: { Thing: { id: "Int" } } }],
  ["neighbours.Maker: names no key field", { ...sound, neighbours: { Maker: {} } }],
  [
    "neighbours.Maker.id: Number is no scalar",
    { ...sound, neighbours: { Maker: { id: "Number" as "Int" } } },
  ],
  ["entities.Thing.key: names no column", thingWith({ key: [] })],
  ["entities.Thing.key: nothing is not one of its columns", thingWith({ key: ["nothing"] })],
  ["entities.Thing.key: name may be null", thingWith({ key: ["name"] })],
  ["entities.Thing.columns.size: Size is no scalar", columns({ size: column("Size") })],
  ["entities.Thing: keysMax is 0", thingWith({ keysMax: 0 })],
  ["entities.Thing: rowsMax is 1.5", thingWith({ rowsMax: 1.5 })],
  ["entities.Thing: rowsMax is Infinity", thingWith({ rowsMax: Number.POSITIVE_INFINITY })],
  ["references.maker: Nobody is neither an entity", referring({ maker: { ...maker, entity: "Nobody" } })],
  [
    "references.maker: its key names number, and Maker is found by id",
    referring({ maker: { ...maker, key: { number: "maker_id" } } }),
  ],
  [
    "references.maker: its key names id, also, and Maker is found by id",
    referring({ maker: { ...maker, key: { id: "maker_id", also: "maker_id" } } }),
  ],
  ["references.maker: its key names , and Maker is found by id", referring({ maker: { ...maker, key: {} } })],
  [
    "references.maker: maker_id is BigInt, and Maker.id is Int",
    referring({ maker }, { maker_id: column("BigInt") }),
  ],
  ["status: beta is none of proposed, draft, active", { ...sound, status: "beta" as "draft" }],
  [
    "columns.name.deprecated: it has no reason",
    columns({ name: { ...column(), deprecated: {} as { reason: string } } }),
  ],
  [
    "columns.name.deprecated: its replacement the title is no schema coordinate",
    columns({ name: { ...column(), deprecated: { replacement: "the title", reason: "" } } }),
  ],
  [
    "columns.name.deprecated: 2027-02-30 is no day",
    columns({ name: { ...column(), deprecated: { ends: "2027-02-30", reason: "" } } }),
  ],
  [
    "references.maker.deprecated: soon is no day",
    referring({ maker: { ...maker, deprecated: { ends: "soon", reason: "" } } }),
  ],
  [
    "references.maker.inverse.deprecated: yesterday is no day",
    referring({
      maker: {
        ...maker,
        inverse: { field: "works", description: "Works.", deprecated: { since: "yesterday", reason: "" } },
      },
    }),
  ],
  [
    "entities.Thing.deprecated: its replacement  is no schema coordinate",
    thingWith({ deprecated: { replacement: "", reason: "" } }),
  ],
  ["extension.sdl: is no SDL", { ...sound, extension: { sdl: "extend type Thing {", resolvers: {} } }],
];

const names: readonly (readonly [place: string, name: string, definition: ProductDefinition])[] = [
  ["entities.2nd", "2nd", { ...sound, entities: { "2nd": thing } }],
  ["entities._Thing", "_Thing", { ...sound, entities: { _Thing: thing } }],
  ["entities.Thing.collection", "all things", thingWith({ collection: "all things" })],
  ["entities.Thing.columns", "a__b", columns({ a__b: column() })],
  ["entities.Thing.columns", "a_", columns({ a_: column() })],
  ["entities.Thing.columns", "größe", columns({ größe: column() })],
  ["entities.Thing.columns", 'x" or true', columns({ 'x" or true': column() })],
  ["entities.Thing.columns", "null", columns({ null: column() })],
  ["neighbours", "Ma ker", { ...sound, neighbours: { "Ma ker": { id: "Int" } } }],
  ["neighbours.Maker", "i d", { ...sound, neighbours: { Maker: { "i d": "Int" } } }],
  ["entities.Thing.references.ma-ker", "ma-ker", referring({ "ma-ker": maker })],
  [
    "entities.Thing.references.maker.inverse",
    "all works",
    referring({ maker: { ...maker, inverse: { field: "all works", description: "Works." } } }),
  ],
];

const inverse = (field: string) => ({ inverse: { field, description: "The other way." } });
const taken: readonly (readonly [name: string, sentence: string, definition: ProductDefinition])[] = [
  ["name", "a reference named as a column", referring({ name: maker })],
  [
    "maker_id",
    "a reference's key named as a column of another table column",
    referring({ maker }, { maker_id: { ...column("Int"), column: "other" } }),
  ],
  ["day_month", "a column named as another's bucket", columns({ day: column("Date"), day_month: column() })],
  [
    "day_month",
    "a reference named as a column's bucket",
    referring({ day_month: maker }, { day: column("Date") }),
  ],
  [
    "children",
    "two inverses of one name",
    referring({
      a: { ...parent, ...inverse("children") },
      b: { ...parent, key: { id: "b" }, ...inverse("children") },
    }),
  ],
  ["name", "an inverse named as a column", referring({ parent: { ...parent, ...inverse("name") } })],
  [
    "maker",
    "an inverse named as a reference",
    referring({ maker, parent: { ...parent, ...inverse("maker") } }),
  ],
  [
    "kids_aggregate",
    "a column named as an inverse's aggregate",
    referring({ parent: { ...parent, ...inverse("kids") } }, { kids_aggregate: column() }),
  ],
  ["id", "a neighbour's inverse named as its key", referring({ maker: { ...maker, ...inverse("id") } })],
  ["things", "two entities of one collection", { ...sound, entities: { Thing: thing, Other: thing } }],
  [
    "things_groups",
    "a collection named as another's groups",
    { ...sound, entities: { Thing: thing, Other: { ...thing, collection: "things_groups" } } },
  ],
  [
    "things_by",
    "an entity named as a generated type",
    { ...sound, entities: { Thing: thing, things_by: { ...thing, collection: "others" } } },
  ],
  ["Date", "an entity named as a scalar of the mesh", { ...sound, entities: { Date: thing } }],
  ["String", "an entity named as a scalar of GraphQL", { ...sound, entities: { String: thing } }],
  ["Query", "an entity named Query", { ...sound, entities: { Query: thing } }],
  ["Mutation", "an entity named Mutation", { ...sound, entities: { Mutation: thing } }],
  [
    "name",
    "an extension's field named as a column",
    { ...sound, extension: { sdl: "extend type Thing { name: Int }", resolvers: {} } },
  ],
  [
    "Thing",
    "an extension's type named as an entity",
    { ...sound, extension: { sdl: "type Thing { size: Int }", resolvers: {} } },
  ],
];

describe("defineProduct refuses", () => {
  test.each(fields)("PRODUCT_FIELD %s", (problem, definition) => {
    const { code, message } = refusal(definition);
    expect(code).toBe("PRODUCT_FIELD");
    expect(message).toMatch(/^Product things, /);
    expect(message).toContain(problem);
  });

  test.each(names)("PRODUCT_NAME at %s: %s", (place, name, definition) => {
    const { code, message } = refusal(definition);
    expect(code).toBe("PRODUCT_NAME");
    expect(message).toContain(`Product things, ${place}: ${JSON.stringify(name)} is no name.`);
  });

  test.each(taken)("PRODUCT_NAME_TAKEN %s: %s", (name, _, definition) => {
    const { code, message } = refusal(definition);
    expect(code).toBe("PRODUCT_NAME_TAKEN");
    expect(message).toContain(`the name ${name} is already in use there`);
  });
});

describe("defineProduct takes", () => {
  test("a sound definition, and fills in what was left out", () => {
    const product = defineProduct(sound);
    expect(product.status).toBe("active");
    expect(product.contract).toBeUndefined();
    expect(product.entities.get("Thing")).toMatchObject({
      table: "things",
      keysMax: 10_000,
      rowsMax: 100_000,
    });
  });

  test("a published column as the key of a reference", () => {
    const product = defineProduct(
      referring({ maker }, { makerId: { ...column("Int"), column: "maker_id" } }),
    );
    const [part] = product.entities.get("Thing")?.references.get("maker")?.key ?? [];
    expect(part?.column).toMatchObject({ name: "makerId", physical: "maker_id", published: true });
  });

  test("a column that two references share", () => {
    const product = defineProduct(referring({ maker, seller: { ...maker, description: "Who sells it." } }));
    expect([...(product.entities.get("Thing")?.columns.keys() ?? [])]).toEqual(["id", "name", "maker_id"]);
  });

  test("the museum", () => {
    const product = museum();
    expect(
      [...(product.entities.get("Specimen")?.columns.values() ?? [])].filter(({ published }) => !published),
    ).toEqual([
      expect.objectContaining({ name: "shelf_room", physical: "shelf_room", required: false }),
      expect.objectContaining({ name: "shelf_number", physical: "shelf_no" }),
      expect.objectContaining({ name: "parent_id", physical: "parent" }),
      expect.objectContaining({ name: "maker_country" }),
      expect.objectContaining({ name: "maker_serial", scalar: "BigInt" }),
    ]);
  });
});
