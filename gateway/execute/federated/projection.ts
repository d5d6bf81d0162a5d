// The projection: from what subgraphs brought to what was asked, with nulls where the schema puts them.
import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLError,
  type GraphQLNamedType,
  type GraphQLOutputType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from "graphql";
import { collectFields, type Selecting } from "./collect-fields.ts";
import { type AnswerPath, invalidTypename, invalidValue, nullForNonNull } from "./completion-error.ts";
import { compileLeaf } from "./leaf.ts";
import { isObject, type Json, reader, writer } from "./own.ts";

export type Projected = { readonly data: Json | null; readonly errors: readonly GraphQLError[] };

/** Root fields that no subgraph answers: `__schema` and `__type`, by response name. */
export type Introspected = Readonly<Record<string, unknown>>;

type Progress = {
  /** Of the value at hand; longer than it where deeper values were completed before. */
  readonly path: (string | number)[];
  readonly errors: GraphQLError[];
  readonly introspected: Introspected;
};

/** Null, where an error or a null within already says why. */
const failed = Symbol("failed");
/** As `failed`, and the type has no null: what holds the value is null too. */
const spread = Symbol("spread");

type Complete = (value: unknown, progress: Progress, depth: number) => unknown;

/**
 * Compiles the projection of an operation for given values of its conditions. Selections are compiled once for each
 * type that turns up in data.
 */
export function compileProjection(
  selecting: Selecting,
  root: GraphQLCompositeType,
  selection: SelectionSetNode,
  aliases: Aliases,
): (data: Json, introspected: Introspected) => Projected {
  const complete = completeObject({ ...selecting, aliases }, root, [selection], root.name);
  return (data, introspected) => {
    const progress: Progress = { path: [], errors: [], introspected };
    const completed = complete(data, progress, 0);
    return { data: isObject(completed) ? completed : null, errors: progress.errors };
  };
}

/** Aliases → the response names that their data was fetched under instead. */
type Aliases = Readonly<Record<string, string>>;

type Compiling = Selecting & { readonly aliases: Aliases };

function completeType(
  compiling: Compiling,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  parent: string,
): Complete {
  if (isNonNullType(type)) {
    const inner = completeType(compiling, type.ofType, nodes, parent);
    return (value, progress, depth) => {
      const completed = inner(value, progress, depth);
      if (completed === null) progress.errors.push(nullForNonNull(pathOf(progress, depth), parent));
      return completed === null || completed === failed ? spread : completed;
    };
  }
  if (isListType(type)) return completeList(completeType(compiling, type.ofType, nodes, parent), parent);
  if (isLeafType(type)) {
    const leaf = compileLeaf(type);
    return (value, progress, depth) => {
      if (value === undefined || value === null) return null;
      const completed = leaf(value);
      return completed === undefined ? refuse(invalidValue, progress, depth, parent) : completed;
    };
  }
  const selections = nodes.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));
  return completeObject(compiling, type, selections, parent);
}

function completeList(item: Complete, parent: string): Complete {
  return (value, progress, depth) => {
    if (value === undefined || value === null) return null;
    if (!Array.isArray(value)) return refuse(invalidValue, progress, depth, parent);
    const completed: unknown[] = new Array(value.length);
    for (let i = 0; i < value.length; i++) {
      progress.path[depth] = i;
      const each = item(value[i], progress, depth + 1);
      if (each === spread) return failed;
      completed[i] = each === failed ? null : each;
    }
    return completed;
  };
}

type Field = {
  readonly name: string;
  readonly read: (source: Json) => unknown;
  readonly write: (target: Json, value: unknown) => void;
  readonly complete: Complete;
};

function completeObject(
  compiling: Compiling,
  type: GraphQLCompositeType,
  selections: readonly SelectionSetNode[],
  parent: string,
): Complete {
  const byType = new Map<string, readonly Field[]>();
  const fieldsOf = (runtime: GraphQLNamedType): readonly Field[] => {
    const known = byType.get(runtime.name);
    if (known) return known;
    const fields = compileFields(compiling, runtime, selections);
    byType.set(runtime.name, fields);
    return fields;
  };
  const ofItself = isObjectType(type) ? () => type : undefined;
  const typeOf = ofItself ?? ((value: Json) => runtimeType(compiling, type, value.__typename));
  return (value, progress, depth) => {
    if (value === undefined || value === null) return null;
    if (!isObject(value)) return refuse(invalidValue, progress, depth, parent);
    const runtime = typeOf(value);
    if (!runtime) return refuse(invalidTypename, progress, depth, parent);
    const completed: Json = {};
    for (const field of fieldsOf(runtime)) {
      progress.path[depth] = field.name;
      const each = field.complete(field.read(value), progress, depth + 1);
      if (each === spread) return failed;
      field.write(completed, each === failed ? null : each);
    }
    return completed;
  };
}

/** An object that does not say its type, or says an interface, is as much as its declared type. */
function runtimeType(
  { schema }: Compiling,
  type: GraphQLCompositeType,
  typename: unknown,
): GraphQLNamedType | undefined {
  if (typename === undefined || typename === null || typename === type.name) return type;
  const named = typeof typename === "string" ? schema.getType(typename) : undefined;
  if (!isCompositeType(named) || !isAbstractType(type)) return undefined;
  const isPossible = (isObjectType(named) || isInterfaceType(named)) && schema.isSubType(type, named);
  return isPossible || isInterfaceType(named) ? named : undefined;
}

function compileFields(
  compiling: Compiling,
  type: GraphQLNamedType,
  selections: readonly SelectionSetNode[],
): readonly Field[] {
  return [...collectFields(compiling, type, selections)].flatMap(([name, nodes]): Field[] => {
    const fieldName = (nodes[0] as FieldNode).name.value;
    const complete = completeField(compiling, type, fieldName, name, nodes);
    if (!complete) return [];
    const fetchedName = fieldName === name ? name : fetchedAs(compiling.aliases, name);
    return [{ name, read: reader(fetchedName), write: writer(name), complete }];
  });
}

function fetchedAs(aliases: Aliases, alias: string): string {
  return (Object.hasOwn(aliases, alias) && aliases[alias]) || alias;
}

function completeField(
  compiling: Compiling,
  type: GraphQLNamedType,
  fieldName: string,
  name: string,
  nodes: readonly FieldNode[],
): Complete | undefined {
  if (fieldName === "__typename") {
    if (isObjectType(type)) return () => type.name;
    return (_, progress, depth) => {
      progress.errors.push(nullForNonNull(pathOf(progress, depth), type.name));
      return spread;
    };
  }
  if (fieldName === "__schema" || fieldName === "__type")
    return (_, { introspected }) => introspected[name] ?? null;
  const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[fieldName] : undefined;
  return definition && completeType(compiling, definition.type, nodes, type.name);
}

function refuse(
  error: (path: AnswerPath, parent: string) => GraphQLError,
  progress: Progress,
  depth: number,
  parent: string,
): typeof failed {
  progress.errors.push(error(pathOf(progress, depth), parent));
  return failed;
}

function pathOf({ path }: Progress, depth: number): AnswerPath {
  return path.slice(0, depth);
}
