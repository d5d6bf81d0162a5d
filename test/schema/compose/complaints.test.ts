// What composition refuses or does unasked comes with the definitions, each in its subgraph.
import { expect, it } from "vitest";
import { composeAll, federated } from "./mesh-sdl.ts";

const owner = federated('type Query { a: A }\ntype A @key(fields: "id") { id: ID!\n  size: Int }');

it("an error names the subgraphs' lines and columns", () => {
  const neighbour = federated('type A @key(fields: "id") { id: ID!\n    size: Int }');
  const composition = composeAll({ owner, neighbour });
  expect(composition.kind).toBe("refused");
  expect(composition.complaints).toMatchObject([
    {
      code: "INVALID_FIELD_SHARING",
      nodes: [
        { subgraph: "neighbour", line: 3, column: 5 },
        { subgraph: "owner", line: 4, column: 3 },
      ],
    },
  ]);
  const [, node] = composition.complaints[0]?.nodes ?? [];
  expect(owner.slice(node?.start, node?.end)).toBe("size: Int");
});

it("a hint names the coordinate, and the mesh composes", () => {
  const one = federated("type Query { one(it: It): Int }\ninput It { a: Int b: Int }");
  const two = federated("type Query { two(it: It): Int }\ninput It { a: Int }");
  const composition = composeAll({ one, two });
  expect(composition.kind).toBe("composed");
  expect(composition.complaints).toMatchObject([
    { code: "INCONSISTENT_INPUT_OBJECT_FIELD", coordinate: "It.b", nodes: [{ subgraph: "one", line: 3 }] },
  ]);
});

it("there is none where nothing is wrong or lost", () => {
  expect(composeAll({ owner }).complaints).toEqual([]);
});

it("what only the mesh refuses is no complaint of federation's", () => {
  const composition = composeAll({ owner: "type Query { a: Int" });
  expect(composition).toMatchObject({ kind: "refused", complaints: [], problems: [{ code: "SDL_INVALID" }] });
});

it("a schema that makes composition throw is refused", () => {
  const composition = composeAll({
    owner,
    odd: 'extend schema @link @link(url: "https://specs.apollo.dev/federation/v2.9")\ntype Query { b: Int }',
  });
  expect(composition).toMatchObject({
    kind: "refused",
    problems: [{ code: "COMPOSITION_FAILED" }],
    complaints: [{ code: "COMPOSITION_STOPPED", nodes: [] }],
  });
});
