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
import { fieldSignature } from "../../plan/field-signature.ts";
import {
  type JsonWriter,
  takeWritten,
  writeByte,
  writeBytes,
  writeString,
  writeValue,
} from "../json-writer.ts";
import { collectFields, type Selecting } from "./collect-fields.ts";
import { type AnswerPath, invalidTypename, invalidValue, nullForNonNull } from "./completion-error.ts";
import { compileLeaf } from "./leaf.ts";
import { isObject, type Json, reader } from "./own.ts";

export type Projected = {
  /** The text of the answer's `data`. */
  readonly data: Buffer;
  readonly errors: readonly GraphQLError[];
};

/** Root fields that no subgraph answers: `__schema` and `__type`, by response name. */
export type Introspected = Readonly<Record<string, unknown>>;

type Progress = {
  readonly out: JsonWriter;
  /** Of the value at hand; longer than it where deeper values were completed before. */
  readonly path: (string | number)[];
  readonly errors: GraphQLError[];
  readonly introspected: Introspected;
};

/** What became of a value. Only a written one has left bytes. */
type Outcome =
  | typeof written
  | typeof none
  /** Null, where an error or a null within already says why. */
  | typeof failed
  /** As `failed`, and the type has no null: what holds the value is null too. */
  | typeof spread;
const written = 0;
const none = 1;
const failed = 2;
const spread = 3;

type Complete = (value: unknown, progress: Progress, depth: number) => Outcome;

const ascii = {
  null: Buffer.from("null"),
  comma: 0x2c,
  open: { list: 0x5b, object: 0x7b },
  close: { list: 0x5d, object: 0x7d },
} as const;

/**
 * Compiles the projection of an operation for given values of its conditions. Selections are compiled once for each
 * type that turns up in data. Values are checked and written in one pass: no object is made of them.
 */
export function compileProjection(
  selecting: Selecting,
  root: GraphQLCompositeType,
  selection: SelectionSetNode,
  aliases: Aliases,
): (out: JsonWriter, data: Json, introspected: Introspected) => Projected {
  const complete = completeObject({ ...selecting, aliases }, root, [selection], root.name);
  return (out, data, introspected) => {
    const progress: Progress = { out, path: [], errors: [], introspected };
    out.at = 0;
    if (complete(data, progress, 0) !== written) writeBytes(out, ascii.null);
    return { data: takeWritten(out), errors: progress.errors };
  };
}

/** By the signature of a field, the response name that its data was fetched under instead of its own. */
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
      const outcome = inner(value, progress, depth);
      if (outcome === written) return written;
      if (outcome === none) progress.errors.push(nullForNonNull(pathOf(progress, depth), parent));
      return spread;
    };
  }
  if (isListType(type)) return completeList(completeType(compiling, type.ofType, nodes, parent), parent);
  if (isLeafType(type)) {
    const leaf = compileLeaf(type);
    return (value, progress, depth) => {
      if (value === undefined || value === null) return none;
      const completed = leaf(value);
      if (completed === undefined) return refuse(invalidValue, progress, depth, parent);
      writeValue(progress.out, completed);
      return written;
    };
  }
  const selections = nodes.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));
  return completeObject(compiling, type, selections, parent);
}

function completeList(item: Complete, parent: string): Complete {
  return (value, progress, depth) => {
    if (value === undefined || value === null) return none;
    if (!Array.isArray(value)) return refuse(invalidValue, progress, depth, parent);
    const { out, path } = progress;
    const start = out.at;
    writeByte(out, ascii.open.list);
    for (let i = 0; i < value.length; i++) {
      if (i > 0) writeByte(out, ascii.comma);
      path[depth] = i;
      const outcome = item(value[i], progress, depth + 1);
      if (outcome === spread) return takeBack(out, start);
      if (outcome !== written) writeBytes(out, ascii.null);
    }
    writeByte(out, ascii.close.list);
    return written;
  };
}

type Field = {
  readonly name: string;
  /** `{"name":` for the first field of an object, `,"name":` for the others. */
  readonly label: Uint8Array;
  readonly read: (source: Json) => unknown;
  readonly complete: Complete;
};

type Unlabelled = Omit<Field, "label">;

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
    if (value === undefined || value === null) return none;
    if (!isObject(value)) return refuse(invalidValue, progress, depth, parent);
    const runtime = typeOf(value);
    if (!runtime) return refuse(invalidTypename, progress, depth, parent);
    const { out, path } = progress;
    const fields = fieldsOf(runtime);
    const start = out.at;
    if (fields.length === 0) writeByte(out, ascii.open.object);
    for (let i = 0; i < fields.length; i++) {
      const field = fields[i] as Field;
      writeBytes(out, field.label);
      path[depth] = field.name;
      const outcome = field.complete(field.read(value), progress, depth + 1);
      if (outcome === spread) return takeBack(out, start);
      if (outcome !== written) writeBytes(out, ascii.null);
    }
    writeByte(out, ascii.close.object);
    return written;
  };
}

/** What holds a null that is not allowed is null itself. */
function takeBack(out: JsonWriter, start: number): typeof failed {
  out.at = start;
  return failed;
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
  const fields = [...collectFields(compiling, type, selections)].flatMap(([name, nodes]): Unlabelled[] => {
    const fieldName = (nodes[0] as FieldNode).name.value;
    const complete = completeField(compiling, type, fieldName, name, nodes);
    if (!complete) return [];
    const fetchedName = compiling.aliases[fieldSignature(nodes[0] as FieldNode)] ?? name;
    return [{ name, read: reader(fetchedName), complete }];
  });
  return fields.map((field, i) => {
    const label = Buffer.from(`${i === 0 ? "{" : ","}${JSON.stringify(field.name)}:`);
    return { ...field, label };
  });
}

function completeField(
  compiling: Compiling,
  type: GraphQLNamedType,
  fieldName: string,
  name: string,
  nodes: readonly FieldNode[],
): Complete | undefined {
  if (fieldName === "__typename") {
    if (isObjectType(type))
      return (_, { out }) => {
        writeString(out, type.name);
        return written;
      };
    return (_, progress, depth) => {
      progress.errors.push(nullForNonNull(pathOf(progress, depth), type.name));
      return spread;
    };
  }
  if (fieldName === "__schema" || fieldName === "__type")
    return (_, { out, introspected }) => {
      writeValue(out, introspected[name] ?? null);
      return written;
    };
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
