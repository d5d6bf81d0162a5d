// Reads a field that asks a collection, its variables known, into the words of the surface.
import {
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  getArgumentValues,
  getNamedType,
} from "graphql";
import { asking } from "../../schema/product/asking-faults.ts";
import type { MeshCollection } from "../../schema/product/mesh.ts";
import { always, type Predicate } from "../../schema/product/predicate.ts";
import { readAggregates, type SelectedAggregate } from "../../schema/product/read-aggregates.ts";
import { readPage, readTimeZone } from "../../schema/product/read-page.ts";
import { readHaving, readPredicate } from "../../schema/product/read-predicate.ts";
import {
  readGroupKeys,
  readGroupOrder,
  readOrder,
  type SelectedField,
} from "../../schema/product/read-value.ts";
import { collectFields, type Selecting } from "../operation/collect-fields.ts";
import type { Asked } from "./asked.ts";
import type { CollectionField } from "./collection-fields.ts";
import { type Facts, pathOfColumn, shapeOf } from "./facts.ts";

type Arguments = Readonly<Record<string, unknown>>;

/** What a field is read by: the schema, fragments and conditions, and all variables. */
export type Reading = Selecting & { readonly variables: Arguments };

/**
 * `nodes` are those of one field of an answer. Names in faults begin with the field's response name.
 * @throws asking.*
 */
export function readAsked(
  facts: Facts,
  { collection, role }: CollectionField,
  field: GraphQLField<unknown, unknown>,
  nodes: readonly FieldNode[],
  reading: Reading,
): Asked {
  const node = nodes[0] as FieldNode;
  const at = (node.alias ?? node.name).value;
  const given: Arguments = getArgumentValues(field, node, reading.variables);
  const shape = shapeOf(facts, collection);
  const { keysMax } = collection;
  const where: Predicate = given.where
    ? readPredicate(given.where as Arguments, shape, `${at}.where`, keysMax)
    : always;
  const order = (given.order_by ?? []) as readonly Arguments[];
  const selected = selectedOf(nodes, getNamedType(field.type), reading);
  const beneath = (name: string) =>
    atPaths(facts, collection, selected)
      .filter((each) => each.name === name)
      .flatMap(({ fields }) => fields);
  switch (role) {
    case "list":
      return {
        kind: "list",
        collection,
        where,
        order: readOrder(order, shape, `${at}.order_by`),
        page: readPage(given, at),
      };
    case "aggregate":
      return {
        kind: "aggregate",
        collection,
        where,
        aggregates: readAggregates(beneath("aggregate").map(counted), at),
      };
    case "groups": {
      const keys = readGroupKeys(beneath("by").map(named), shape);
      if (keys.length === 0) throw asking.GROUPS_WITHOUT_KEY({ at });
      return {
        kind: "groups",
        collection,
        where,
        keys,
        aggregates: readAggregates(beneath("aggregate").map(counted), at),
        having: given.having ? readHaving(given.having as Arguments, `${at}.having`, keysMax) : always,
        order: readGroupOrder(order, shape, keys, `${at}.order_by`),
        page: readPage(given, at),
        timeZone: readTimeZone(given, at),
      };
    }
  }
}

/** A selected field, its arguments read, and what is selected beneath it. */
export type Selected = {
  readonly name: string;
  readonly responseName: string;
  readonly given: Arguments;
  readonly fields: readonly Selected[];
};

/** What is selected of the value of one field of an answer, which is of an object type or a list of one. */
export function selectedOf(
  nodes: readonly FieldNode[],
  type: GraphQLNamedType,
  reading: Reading,
): readonly Selected[] {
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  return [...collectFields(reading, type, sets)].flatMap(([responseName, of]): Selected[] => {
    const [node] = of;
    const name = node?.name.value ?? "";
    const field = "getFields" in type ? type.getFields()[name] : undefined;
    if (!node || !field || !("args" in field)) return name === "__typename" ? [typename(responseName)] : [];
    const given = getArgumentValues(field, node, reading.variables);
    return [{ name, responseName, given, fields: selectedOf(of, getNamedType(field.type), reading) }];
  });
}

/** What is selected of groups or of an aggregate, the columns of its counts as rows have them. */
export function atPaths(
  facts: Facts,
  collection: MeshCollection,
  selected: readonly Selected[],
): readonly Selected[] {
  return selected.map((each) => {
    const { name, given, fields } = each;
    if (name !== "count" || typeof given.column !== "string")
      return { ...each, fields: atPaths(facts, collection, fields) };
    return { ...each, given: { ...given, column: pathOfColumn(facts, collection, given.column) } };
  });
}

function typename(responseName: string): Selected {
  return { name: "__typename", responseName, given: {}, fields: [] };
}

function counted({ name, given, fields }: Selected): SelectedAggregate {
  return { name, arguments: () => given, fields };
}

function named({ name, fields }: Selected): SelectedField {
  return { name, fields: fields.map(named) };
}
