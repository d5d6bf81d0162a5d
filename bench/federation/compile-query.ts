// Compiles the text of a query to a function that writes the answer as JSON: once a text, so that asking is cheap.
import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  parse,
  type SelectionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from "graphql";

export type Variables = Readonly<Record<string, unknown>>;
export type Arguments = Readonly<Record<string, unknown>>;

/** How a subgraph answers a field: `type` where it is an object or a list of them, `"@"` where each tells its own. */
export type Field = {
  readonly type?: string;
  readonly read: (source: never, args: Arguments) => unknown;
};

export type Fields = Readonly<Record<string, Readonly<Record<string, Field>>>>;

/** Of which type a source is, where the field's is `"@"`. */
export type TypeOf = (source: unknown) => string;

export type Answering = (variables: Variables) => string;

type Scope = {
  readonly variables: Variables;
  /** Within one request an object that is met again under the same selection is written as it was. */
  readonly written: Map<unknown, string>[];
};
type Write = (source: unknown, scope: Scope) => string;
type Selected = {
  readonly key: string;
  readonly nodes: FieldNode[];
  readonly asked: (variables: Variables) => boolean;
};

/** @throws Error where the text is no query, or selects what there is not */
export function compileQuery(
  fields: Fields,
  typeOf: TypeOf,
  text: string,
  operationName?: string,
): Answering {
  const document = parse(text, { noLocation: true });
  const fragments = new Map(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((definition) => [definition.name.value, definition]),
  );
  const compiler = { fields, typeOf, fragments, objects: 0 };
  const { selectionSet, variableDefinitions = [] } = operationOf(document, operationName);
  const defaults = Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );
  const write = compileObject(compiler, "Query", [selectionSet]);
  const { objects } = compiler;
  return (variables) =>
    write(
      {},
      {
        variables: { ...defaults, ...variables },
        written: Array.from({ length: objects }, () => new Map()),
      },
    );
}

type Compiler = {
  readonly fields: Fields;
  readonly typeOf: TypeOf;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  objects: number;
};

function operationOf(document: DocumentNode, name: string | undefined) {
  const operation = document.definitions.find(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION && (!name || definition.name?.value === name),
  );
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error("there is no such operation");
  return operation;
}

function compileObject(compiler: Compiler, type: string, sets: readonly SelectionSetNode[]): Write {
  const number = compiler.objects++;
  const selected = new Map<string, Selected>();
  for (const { selections } of sets) collect(compiler, type, selections, always, selected);
  const members = [...selected.values()].map(({ key, nodes, asked }) => ({
    prefix: `${JSON.stringify(key)}:`,
    asked,
    write: compileField(compiler, type, nodes),
  }));
  return (source, scope) => {
    const known = scope.written[number]?.get(source);
    if (known !== undefined) return known;
    let json = "";
    for (const { prefix, asked, write } of members)
      if (asked === always || asked(scope.variables))
        json += (json === "" ? "{" : ",") + prefix + write(source, scope);
    json = json === "" ? "{}" : `${json}}`;
    scope.written[number]?.set(source, json);
    return json;
  };
}

const always = (): boolean => true;

/** Puts the fields that objects of `type` are asked for under their response names, with the condition of each. */
function collect(
  compiler: Compiler,
  type: string,
  selections: readonly SelectionNode[],
  outer: Selected["asked"],
  selected: Map<string, Selected>,
): void {
  for (const selection of selections) {
    const asked = bothOf(outer, conditionOf(selection));
    if (selection.kind === Kind.FIELD) {
      const key = selection.alias?.value ?? selection.name.value;
      const known = selected.get(key);
      known?.nodes.push(selection);
      if (!known) selected.set(key, { key, nodes: [selection], asked });
      continue;
    }
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD ? compiler.fragments.get(selection.name.value) : selection;
    if (!fragment) throw new Error("there is no such fragment");
    const condition = fragment.typeCondition?.name.value;
    if (condition === undefined || condition === type || condition === "_Entity")
      collect(compiler, type, fragment.selectionSet.selections, asked, selected);
  }
}

function bothOf(one: Selected["asked"], other: Selected["asked"]): Selected["asked"] {
  if (one === always) return other;
  return other === always ? one : (variables) => one(variables) && other(variables);
}

function conditionOf({ directives = [] }: SelectionNode): Selected["asked"] {
  const conditions = directives.map(({ name, arguments: args = [] }) => {
    const wanted = name.value === "include";
    return (variables: Variables) => argumentsOf(args, variables).if === wanted;
  });
  return conditions.length === 0 ? always : (variables) => conditions.every((holds) => holds(variables));
}

function compileField(compiler: Compiler, type: string, nodes: readonly FieldNode[]): Write {
  const [node] = nodes as readonly [FieldNode];
  const name = node.name.value;
  if (name === "__typename") return () => JSON.stringify(type);
  const field = compiler.fields[type]?.[name];
  if (!field) throw new Error(`${type} has no field ${name}`);
  const { arguments: args = [] } = node;
  const read = field.read as (source: unknown, args: Arguments) => unknown;
  const write = field.type === undefined ? leaf : compileObjects(compiler, field.type, nodes);
  return (source, scope) =>
    write(read(source, args.length === 0 ? none : argumentsOf(args, scope.variables)), scope);
}

const none: Arguments = {};

const leaf: Write = (value) => JSON.stringify(value ?? null);

function compileObjects(compiler: Compiler, type: string, nodes: readonly FieldNode[]): Write {
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const types = type === "@" ? Object.keys(compiler.fields).filter((each) => each !== "Query") : [type];
  const byType = new Map(types.map((each) => [each, compileObject(compiler, each, sets)]));
  const [[, only]] = [...byType] as [[string, Write]];
  const one: Write = (value, scope) => {
    if (value === null || value === undefined) return "null";
    return (type === "@" ? (byType.get(compiler.typeOf(value)) as Write) : only)(value, scope);
  };
  return (value, scope) => {
    if (!Array.isArray(value)) return one(value, scope);
    let json = "";
    for (const item of value) json += (json === "" ? "[" : ",") + one(item, scope);
    return json === "" ? "[]" : `${json}]`;
  };
}

function argumentsOf(args: readonly ArgumentNode[], variables: Variables): Arguments {
  return Object.fromEntries(
    args.map(({ name, value }) => [name.value, valueFromASTUntyped(value, variables)]),
  );
}
