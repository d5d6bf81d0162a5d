// The projection: from what subgraphs brought to what was asked, with nulls where the schema puts them.
import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLError,
  GraphQLID,
  type GraphQLNamedType,
  type GraphQLOutputType,
  GraphQLString,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from "graphql";
import { isObject } from "../../../schema/product/is-object.ts";
import { asksByType, collectFields, type Selecting } from "../../operation/collect-fields.ts";
import { fieldSignature } from "../../plan/field-signature.ts";
import {
  beginWriting,
  type JsonWriter,
  repeatWritten,
  takeWritten,
  writeByte,
  writeBytes,
  writeLabelled,
  writeString,
  writeValue,
} from "../json-writer.ts";
import { type AnswerPath, invalidTypename, invalidValue, nullForNonNull } from "./completion-error.ts";
import { compileLeaf } from "./leaf.ts";
import { isPlain, type Json } from "./own.ts";

export type Projected = {
  /** `{"data":…}`, and the part of it that is the text of the data. */
  readonly text: Buffer;
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
  /** Where the texts of objects stand that may be met again, by who completes them. */
  readonly spans: Map<Complete, Map<Json, Span>>;
};

type Span = { readonly start: number; readonly end: number };

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
  head: Buffer.from('{"data":'),
  null: Buffer.from("null"),
  comma: 0x2c,
  open: { list: 0x5b, object: 0x7b },
  close: { list: 0x5d, object: 0x7d },
} as const;

/**
 * Compiles the projection of an operation for given values of its conditions. Selections are compiled once for each
 * type that turns up in data. Values are checked and written in one pass: no object is made of them. `shared` are
 * places (response names of the data, from the root) where one object may stand for many: its text is copied.
 */
export function compileProjection(
  selecting: Selecting,
  root: GraphQLCompositeType,
  selection: SelectionSetNode,
  aliases: Aliases,
  shared: ReadonlySet<string> = new Set(),
): (out: JsonWriter, data: Json, introspected: Introspected) => Projected {
  const compiling = { ...selecting, aliases, shared };
  const complete = completeObject(compiling, root, [selection], root.name, []);
  let expectedBytes = 0;
  return (out, data, introspected) => {
    const progress: Progress = { out, path: [], errors: [], introspected, spans: new Map() };
    beginWriting(out, expectedBytes);
    writeBytes(out, ascii.head);
    if (complete(data, progress, 0) !== written) writeBytes(out, ascii.null);
    writeByte(out, ascii.close.object);
    const text = takeWritten(out);
    // Answers to one operation are mostly of one size.
    expectedBytes = text.length + (text.length >> 4);
    return { text, data: text.subarray(ascii.head.length, -1), errors: progress.errors };
  };
}

/** By the signature of a field, the response name that its data was fetched under instead of its own. */
type Aliases = Readonly<Record<string, string>>;

type Compiling = Selecting & { readonly aliases: Aliases; readonly shared: ReadonlySet<string> };

/** Response names of the data, from the root. */
type Place = readonly string[];

function completeType(
  compiling: Compiling,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  parent: string,
  place: Place,
): Complete {
  if (isNonNullType(type)) {
    const inner = completeType(compiling, type.ofType, nodes, parent, place);
    return (value, progress, depth) => {
      const outcome = inner(value, progress, depth);
      if (outcome === written) return written;
      if (outcome === none) progress.errors.push(nullForNonNull(pathOf(progress, depth), parent));
      return spread;
    };
  }
  if (isListType(type))
    return completeList(completeType(compiling, type.ofType, nodes, parent, place), parent);
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
  const complete = completeObject(compiling, type, selections, parent, place);
  return compiling.shared.has(place.join(".")) ? completeOnce(complete) : complete;
}

/** The text of an object without errors is the same wherever it stands. */
function completeOnce(complete: Complete): Complete {
  return (value, progress, depth) => {
    if (!isObject(value)) return complete(value, progress, depth);
    const { out, errors, spans } = progress;
    let known = spans.get(complete);
    const span = known?.get(value);
    if (span) {
      repeatWritten(out, span.start, span.end);
      return written;
    }
    const start = out.at;
    const errorsBefore = errors.length;
    const outcome = complete(value, progress, depth);
    if (outcome !== written || errors.length > errorsBefore) return outcome;
    if (!known) {
      known = new Map();
      spans.set(complete, known);
    }
    known.set(value, { start, end: out.at });
    return written;
  };
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
      if (outcome === spread) return takeBack(progress, start);
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
  /** Where the value is, and whether it may be read without a look where it comes from. */
  readonly fetchedName: string;
  readonly isPlain: boolean;
  /** Every string is a value of it. */
  readonly isText: boolean;
  readonly complete: Complete;
};

type Unlabelled = Omit<Field, "label">;

function completeObject(
  compiling: Compiling,
  type: GraphQLCompositeType,
  selections: readonly SelectionSetNode[],
  parent: string,
  place: Place,
): Complete {
  const byType = new Map<string, readonly Field[]>();
  const fieldsOfType = (runtime: GraphQLNamedType): readonly Field[] => {
    const known = byType.get(runtime.name);
    if (known) return known;
    const fields = compileFields(compiling, runtime, selections, place);
    byType.set(runtime.name, fields);
    return fields;
  };
  const isOneType = isObjectType(type);
  let fieldsOfOne: readonly Field[] | undefined;
  let isByType: boolean | undefined;
  const fieldsOf = (value: Json): readonly Field[] | undefined => {
    if (isOneType) {
      fieldsOfOne ??= fieldsOfType(type);
      return fieldsOfOne;
    }
    const runtime = runtimeType(compiling, type, value.__typename);
    if (isAbstractType(runtime) && runtime.name === value.__typename) {
      isByType ??= asksByType(compiling, type, selections);
      if (isByType) return undefined; // what would tell its type failed: half of what is asked of it is no answer
    }
    return runtime && fieldsOfType(runtime);
  };
  return (value, progress, depth) => {
    if (value === undefined || value === null) return none;
    if (!isObject(value)) return refuse(invalidValue, progress, depth, parent);
    const fields = fieldsOf(value);
    if (!fields) return refuse(invalidTypename, progress, depth, parent);
    const { out, path } = progress;
    const start = out.at;
    if (fields.length === 0) writeByte(out, ascii.open.object);
    for (let i = 0; i < fields.length; i++) {
      const field = fields[i] as Field;
      const { label, fetchedName } = field;
      const inner = field.isPlain || Object.hasOwn(value, fetchedName) ? value[fetchedName] : undefined;
      if (field.isText && typeof inner === "string") {
        writeLabelled(out, label, inner);
        continue;
      }
      writeBytes(out, label);
      path[depth] = field.name;
      const outcome = field.complete(inner, progress, depth + 1);
      if (outcome === spread) return takeBack(progress, start);
      if (outcome !== written) writeBytes(out, ascii.null);
    }
    writeByte(out, ascii.close.object);
    return written;
  };
}

/** What holds a null that is not allowed is null itself. */
function takeBack({ out, spans }: Progress, start: number): typeof failed {
  out.at = start;
  spans.clear(); // some of them may stand in what is taken back
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
  place: Place,
): readonly Field[] {
  const fields = [...collectFields(compiling, type, selections)].flatMap(([name, nodes]): Unlabelled[] => {
    const fieldName = (nodes[0] as FieldNode).name.value;
    const fetchedName = compiling.aliases[fieldSignature(nodes[0] as FieldNode)] ?? name;
    const complete = completeField(compiling, type, fieldName, name, nodes, [...place, fetchedName]);
    if (!complete) return [];
    const isText = isTextField(type, fieldName);
    return [{ name, fetchedName, isPlain: isPlain(fetchedName), isText, complete }];
  });
  return fields.map((field, i) => {
    const label = Buffer.from(`${i === 0 ? "{" : ","}${JSON.stringify(field.name)}:`);
    return { ...field, label };
  });
}

function isTextField(type: GraphQLNamedType, fieldName: string): boolean {
  const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[fieldName] : undefined;
  const leaf = definition && getNullableType(definition.type);
  return leaf === GraphQLString || leaf === GraphQLID;
}

function completeField(
  compiling: Compiling,
  type: GraphQLNamedType,
  fieldName: string,
  name: string,
  nodes: readonly FieldNode[],
  place: Place,
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
  return definition && completeType(compiling, definition.type, nodes, type.name, place);
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
