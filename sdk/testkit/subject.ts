// What a port declares of one collection: its columns, what each can be asked, and where its references lead.
import {
  buildASTSchema,
  type DocumentNode,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isObjectType,
  Kind,
  parse,
} from "graphql";
import type { Mesh, MeshCollection, MeshEntity, MeshReference } from "../../schema/product/mesh.ts";
import { type Operator, operators } from "../../schema/product/predicate.ts";
import { type Bucket, buckets, isScalarName, type ScalarName } from "../../schema/product/scalar.ts";
import { type AggregateFunction, aggregateFunctions } from "../../schema/product/value.ts";

/** A column of the collection itself, or of the key that one of its references holds (`origin.iata`). */
export type TestedColumn = {
  readonly name: string;
  readonly path: readonly string[];
  readonly reference: string | undefined;
  readonly scalar: ScalarName;
  readonly required: boolean;
  /** Those that the SDL has and the collection declares, exact ones and others. */
  readonly operators: readonly Operator[];
  /** Those among them that let just the right rows through. */
  readonly exact: readonly Operator[];
  /** Those that the SDL has, declared or not. */
  readonly offered: readonly Operator[];
  readonly sortable: boolean;
  /** Does `order_by` take it, whether or not sorting is declared? */
  readonly inOrderBy: boolean;
  readonly groupable: boolean;
  readonly buckets: readonly Bucket[];
  readonly aggregates: readonly AggregateFunction[];
  readonly countable: boolean;
};

export type TestedReference = {
  readonly name: string;
  readonly target: string;
  readonly required: boolean;
  /** Does this port own the target's rows? Else only its key is known here. */
  readonly own: boolean;
  /** A field of an own target that is not in its key: asking it tells whether the row is there. */
  readonly witness: string | undefined;
  readonly key: readonly TestedColumn[];
  /** The to-many there that leads back, and its aggregate. */
  readonly inverse: string | undefined;
  readonly inverseAggregate: string | undefined;
};

export type Subject = {
  readonly collection: MeshCollection;
  readonly entity: string;
  /** Names of the input types that questions declare their variables by. */
  readonly whereType: string | undefined;
  readonly orderType: string | undefined;
  readonly groupOrderType: string | undefined;
  readonly havingType: string | undefined;
  readonly key: readonly TestedColumn[];
  readonly columns: readonly TestedColumn[];
  readonly references: readonly TestedReference[];
};

/** The schema that an SDL of federation describes, as far as GraphQL itself goes. */
export function readSchema(sdl: string): GraphQLSchema {
  return buildASTSchema(withDefinitions(parse(sdl)), { assumeValid: true, assumeValidSDL: true });
}

/** A type that is only extended is defined here. */
function withDefinitions(document: DocumentNode): DocumentNode {
  const defined = new Set(
    document.definitions.flatMap((node) =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION ? [node.name.value] : [],
    ),
  );
  const definitions = document.definitions.map((node) => {
    if (node.kind !== Kind.OBJECT_TYPE_EXTENSION || defined.has(node.name.value)) return node;
    defined.add(node.name.value);
    return { ...node, kind: Kind.OBJECT_TYPE_DEFINITION } as const;
  });
  return { ...document, definitions };
}

/** What the SDL says of a collection of the dialect weft. */
export function readSubject(collection: MeshCollection, mesh: Mesh, schema: GraphQLSchema): Subject {
  const entity = mesh.entities.get(collection.entity) as MeshEntity;
  const query = schema.getQueryType()?.getFields() ?? {};
  const types = typesOf(collection, query);
  const columnOf = (path: readonly string[], scalar: ScalarName, required: boolean): TestedColumn =>
    readColumn(path, scalar, required, collection, types);
  const columns = [...entity.columns.values()].flatMap(({ name, type, required }) =>
    isScalarName(type) ? [columnOf([name], type, required)] : [],
  );
  const references = [...entity.references.values()].map((reference) =>
    readReference(reference, entity, mesh, schema, columnOf),
  );
  const keyNames = query[collection.byPk ?? ""]?.args.map(({ name }) => name) ?? entity.keys[0] ?? [];
  return {
    collection,
    entity: entity.name,
    whereType: argumentType(query[collection.name], "where"),
    orderType: argumentType(query[collection.name], "order_by"),
    groupOrderType: argumentType(query[collection.groups ?? ""], "order_by"),
    havingType: argumentType(query[collection.groups ?? ""], "having"),
    key: keyNames.flatMap((name) => columns.find((column) => column.name === name) ?? []),
    columns: [...columns, ...references.flatMap(({ key }) => key)],
    references,
  };
}

/** The generated types of a collection, found by following its fields. */
type Types = {
  readonly where: unknown;
  readonly order: unknown;
  readonly by: unknown;
  readonly aggregate: unknown;
};

type Fields = Readonly<Record<string, GraphQLField<unknown, unknown>>>;

function typesOf({ name, aggregate, groups }: MeshCollection, query: Fields): Types {
  const argument = (arg: string) => query[name]?.args.find((each) => each.name === arg)?.type;
  return {
    where: getNamedType(argument("where")),
    order: getNamedType(argument("order_by")),
    by: typeAt(query[groups ?? ""], ["by"]),
    aggregate: typeAt(query[aggregate ?? ""], ["aggregate"]),
  };
}

/** The type at the end of a path of fields, without its list and non-null. */
export function typeAt(field: { readonly type: unknown } | undefined, path: readonly string[]): unknown {
  const named = getNamedType(field?.type as never) as unknown;
  const [step, ...rest] = path;
  return step === undefined ? named : typeAt(fieldsOf(named)[step], rest);
}

export function fieldsOf(
  type: unknown,
): Readonly<Record<string, GraphQLField<unknown, unknown> | GraphQLInputField>> {
  return isObjectType(type) || isInputObjectType(type) ? type.getFields() : {};
}

function argumentType(field: GraphQLField<unknown, unknown> | undefined, name: string): string | undefined {
  const type = field?.args.find((arg) => arg.name === name)?.type;
  return type && getNamedType(type).name;
}

function readColumn(
  path: readonly string[],
  scalar: ScalarName,
  required: boolean,
  collection: MeshCollection,
  types: Types,
): TestedColumn {
  const last = path.at(-1) as string;
  const inner = path.length > 1;
  const within = (type: unknown) => (inner ? typeAt(fieldsOf(type)[path[0] as string], []) : type);
  const tests = fieldsOf(typeAt(fieldsOf(within(types.where))[last], []));
  const offered = operators.filter((operator) => operator in tests);
  const declared = declaredOperators(collection);
  const inOrderBy = last in fieldsOf(within(types.order));
  const by = fieldsOf(within(types.by));
  const aggregates = fieldsOf(types.aggregate);
  const counted = getNamedType(countArgument(aggregates.count)?.type);
  return {
    name: path.join("."),
    path,
    reference: inner ? path[0] : undefined,
    scalar,
    required,
    operators: offered.filter((operator) => declared.includes(operator)),
    exact: offered.filter((operator) => isExact(collection, operator)),
    offered,
    sortable: collection.sort === "exact" && inOrderBy,
    inOrderBy,
    groupable: last in by,
    buckets: buckets.filter((bucket) => `${last}_${bucket}` in by),
    aggregates: inner
      ? []
      : aggregateFunctions.filter((name) => last in fieldsOf(typeAt(aggregates[name], []))),
    countable: !inner && isEnumType(counted) && counted.getValue(last) !== undefined,
  };
}

/** Those that the gateway may push, exact or not. */
export function declaredOperators({ exact, inexact }: MeshCollection): readonly Operator[] {
  return exact === undefined ? operators : [...exact, ...inexact];
}

export function isExact({ exact = operators, inexact }: MeshCollection, operator: Operator): boolean {
  return exact.includes(operator) && !inexact.includes(operator);
}

function countArgument(field: GraphQLField<unknown, unknown> | GraphQLInputField | undefined) {
  return field && "args" in field ? field.args.find(({ name }) => name === "column") : undefined;
}

function readReference(
  reference: MeshReference,
  entity: MeshEntity,
  mesh: Mesh,
  schema: GraphQLSchema,
  columnOf: (path: readonly string[], scalar: ScalarName, required: boolean) => TestedColumn,
): TestedReference {
  const { name, target, required } = reference;
  const known = mesh.entities.get(target);
  const fields = known?.keys.find((key) => key.length === reference.key.length) ?? [];
  const there = fieldsOf(schema.getType(target));
  const key = fields.flatMap((field) => {
    const scalar = getNamedType(there[field]?.type as never) as { readonly name: string } | undefined;
    return scalar && isScalarName(scalar.name) ? [columnOf([name, field], scalar.name, required)] : [];
  });
  const inverse = [...(known?.inverses.values() ?? [])].find(
    (each) => each.source === entity.name && each.reference === name,
  )?.name;
  const aggregate = `${inverse}_aggregate`;
  const witness = [...(known?.columns.keys() ?? [])].find((column) => !fields.includes(column));
  return {
    name,
    target,
    required,
    own: known?.owner !== undefined,
    witness,
    key,
    inverse,
    inverseAggregate: aggregate in there ? aggregate : undefined,
  };
}
