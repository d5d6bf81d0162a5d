// Fields of a team's own: SDL and resolvers beside what is generated.
import { expect, test } from "vitest";
import { defineProduct, duckdb, type ProductDefinition } from "weft/sdk";
import { askedPort } from "./support/asking.ts";

const definition: ProductDefinition = {
  id: "boxes",
  version: "1.0.0",
  domain: "test",
  owner: "Test",
  contact: "test@weft.example",
  freshness: { slo: "P1D" },
  engine: duckdb({
    load: [
      "create table boxes as select 1::integer as id, 2::integer as width, 3::integer as height, 2::integer as inside",
      "insert into boxes values (2, 5, null, null), (3, 7, 7, 2)",
    ],
    memoryMax: "64MB",
  }),
  entities: {
    Box: {
      description: "A box.",
      collection: "boxes",
      key: ["id"],
      columns: {
        id: { type: "Int!", description: "Number." },
        width: { type: "Int!", description: "Width." },
        height: { type: "Int", description: "Height." },
      },
      references: {
        inside: {
          entity: "Box",
          key: { id: "inside" },
          description: "The box around it.",
          inverse: { field: "contents", description: "The boxes in it." },
        },
      },
    },
  },
  extension: {
    sdl: `extend type Box { area: Int  toString: String }
      extend type Query { boxesSay(word: String!): Saying! }
      type Saying { word: String! loud: String! }`,
    resolvers: {
      Box: {
        area: (box) => {
          const { width, height } = box as { width: number; height: number | null };
          return height === null ? null : width * height;
        },
        toString: (box: unknown) => JSON.stringify(box),
      },
      Query: { boxesSay: (_, { word }) => ({ word }) },
      Saying: { loud: (saying) => (saying as { word: string }).word.toUpperCase() },
    },
  },
};

test("a field of the team's own gets whole rows, wherever the entity is reached", async () => {
  await using port = await askedPort(defineProduct(definition));
  const answered = await port.ask(
    `query ($r: [_Any!]!) {
      boxes { area inside { area } contents { area } }
      boxes_by_pk(id: 3) { area }
      boxes_aggregate { nodes { area } }
      _entities(representations: $r) { ... on Box { area } }
    }`,
    { r: [{ __typename: "Box", id: 1 }] },
  );
  expect(answered).toEqual({
    boxes: [
      { area: 6, inside: { area: null }, contents: [] },
      { area: null, inside: null, contents: [{ area: 6 }, { area: 49 }] },
      { area: 49, inside: { area: null }, contents: [] },
    ],
    boxes_by_pk: { area: 49 },
    boxes_aggregate: { nodes: [{ area: 6 }, { area: null }, { area: 49 }] },
    _entities: [{ area: 6 }],
  });
});

test("root fields and types of the team's own stand beside the generated ones", async () => {
  await using port = await askedPort(defineProduct(definition));
  expect(await port.ask('{ boxesSay(word: "hi") { word loud } boxes(limit: 1) { id } }')).toEqual({
    boxesSay: { word: "hi", loud: "HI" },
    boxes: [{ id: 1 }],
  });
});

test("a field named as every object's method is a field", async () => {
  await using port = await askedPort(defineProduct(definition));
  const { boxes } = await port.ask("{ boxes(where: { id: { _eq: 1 } }) { inside { id toString } } }");
  expect(JSON.parse(boxes[0].inside.toString)).toMatchObject({ id: 2, width: 5, height: null });
});

test("a column named count is a key of groups beside the count", async () => {
  const { extension: _, ...rest } = definition;
  const boxes = rest.entities.Box;
  if (!boxes) throw new Error("there are boxes");
  const { width, ...columns } = boxes.columns;
  const counted = { ...boxes, columns: { ...columns, count: { ...width, column: "width" } } } as typeof boxes;
  await using port = await askedPort(defineProduct({ ...rest, entities: { Box: counted } }));
  expect(await port.ask("{ boxes_groups { by { count } aggregate { count sum { count } } } }")).toEqual({
    boxes_groups: [
      { by: { count: 2 }, aggregate: { count: 1, sum: { count: "2" } } },
      { by: { count: 5 }, aggregate: { count: 1, sum: { count: "5" } } },
      { by: { count: 7 }, aggregate: { count: 1, sum: { count: "7" } } },
    ],
  });
});
