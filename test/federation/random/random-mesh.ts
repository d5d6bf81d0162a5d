// A random mesh with its data: subgraphs that answer a model's fields, and the same data as one, for the oracle.
import type { MeshDefinition, Resolvers, Row } from "../support/mesh.ts";
import type { Entity, Field, Model } from "./random-model.ts";
import type { Tape } from "./tape.ts";

export type RandomMesh = {
  readonly mesh: MeshDefinition;
  /** What stands in a field of an object, were all subgraphs one. */
  readonly answer: (type: string, holder: Row, field: string, args: Row) => unknown;
  /** Before each question: mutations count from one again. */
  readonly restart: () => void;
};

const rowsEach = 4;
const colours = ["RED", "GREEN", "BLUE"];

export function randomMesh(tape: Tape, model: Model): RandomMesh {
  const rows: readonly (readonly Row[])[] = model.entities.map(({ name }, e) =>
    Array.from({ length: rowsEach }, (_, i) => ({
      __typename: name,
      id: `${e}-${i}`,
      region: `r${i % 2}`,
      code: `c${e}-${i}`,
    })),
  );
  const unknown = new Set(
    model.entities.flatMap(({ dangles }, e) => (dangles ? [rows[e]?.at(-1)?.id as string] : [])),
  );
  const thingFields = model.thing?.fields ?? [];
  const everyField = [...model.entities.flatMap(({ fields }) => fields), ...thingFields, ...model.roots];
  const required = new Set(everyField.flatMap(({ requires }) => requires));
  const provided = new Set(everyField.map((one) => one.provides));
  const members = (model.thing?.members ?? []).flatMap((e) => rows[e] as readonly Row[]);

  /** Null, now and then also where the schema says never. */
  const mayBeNull = (field: Field, sure: boolean) =>
    sure ? !required.has(field.name) && !provided.has(field.name) && tape.chance(10) : tape.chance(5);
  const one = (field: Field): unknown => {
    const { type } = field;
    switch (type.kind) {
      case "leaf":
        return type.text === "Int"
          ? tape.pick(100)
          : type.text === "String"
            ? `t${tape.pick(9)}`
            : tape.among(colours);
      case "value":
        return {
          __typename: "Value",
          a: tape.chance(4) ? null : tape.pick(9),
          more: tape.chance(3) ? { __typename: "More", b: [tape.pick(9), null] } : null,
        };
      case "entity":
        return tape.among(rows[type.entity] as readonly Row[]);
      case "abstract":
        if (type.text === "Thing") return tape.among(members);
        return tape.among(
          model.entities.flatMap((entity, e) =>
            isNode(entity, field.owners[0] as number) ? (rows[e] ?? []) : [],
          ),
        );
    }
  };
  const filled = (field: Field, list: number): unknown => {
    const inner = list < field.list;
    if (mayBeNull(field, inner ? field.sureItems : field.sure)) return null;
    return list === 0 ? one(field) : Array.from({ length: tape.pick(4) }, () => filled(field, list - 1));
  };
  const data = new Map<string, unknown>();
  model.entities.forEach(({ fields }, e) => {
    for (const field of fields.filter(({ requires }) => requires.length === 0))
      for (const { id } of rows[e] as readonly Row[])
        data.set(`${id} ${field.name}`, filled(field, field.list));
  });
  for (const field of thingFields.filter(({ requires }) => requires.length === 0))
    for (const { id } of members) data.set(`${id} ${field.name}`, filled(field, field.list));
  for (const root of model.roots) data.set(root.name, filled(root, root.list));

  const isMember = (type: string) =>
    type === "Thing" || model.thing?.members.some((e) => model.entities[e]?.name === type);
  const fieldOf = (type: string, name: string) =>
    [
      ...(model.entities.find((entity) => entity.name === type)?.fields ?? []),
      ...(isMember(type) ? thingFields : []),
    ].find((field) => field.name === name);
  let ticks = 0;
  const answer: RandomMesh["answer"] = (type, holder, name, args) => {
    if (name.startsWith("tick")) return ++ticks;
    if (type === "Query" || type === "Mutation") return data.get(name);
    const field = fieldOf(type, name);
    if (!field) return holder[name];
    if (unknown.has(holder.id)) return null;
    if (field.requires.length > 0)
      return computed(
        field,
        Object.fromEntries(field.requires.map((need) => [need, answer(type, holder, need, {}) ?? null])),
      );
    const value = data.get(`${holder.id} ${name}`);
    return field.argument && typeof value === "number" ? value + (args.by ?? 0) : (value ?? null);
  };

  const mesh = Object.fromEntries(
    Array.from({ length: model.subgraphs }, (_, s) => [
      `s${s}`,
      { sdl: sdlOf(model, s), resolvers: resolversOf(model, s, { rows, members, unknown }, answer) },
    ]),
  );
  const restart = () => {
    ticks = 0;
  };
  return { mesh, answer, restart };
}

type Known = {
  /** By entity. */
  readonly rows: readonly (readonly Row[])[];
  /** Of `Thing`. */
  readonly members: readonly Row[];
  /** Ids that are referred to where nobody knows them. */
  readonly unknown: ReadonlySet<string>;
};

function computed({ name, requires }: Field, holder: Row): string {
  return requires.reduce((text, need) => {
    if (!(need in holder)) throw new Error(`${need} was not sent for ${name}`);
    return `${text} ${JSON.stringify(holder[need])}`;
  }, name);
}

/** Is the entity a `Node` (which has an `id`) and a member of `Any` in this subgraph? */
const isNode = ({ keys }: Entity, s: number) =>
  Boolean(keys[s]?.some((key) => key.split(" ").includes("id")));

const typeText = ({ type, wrap }: Field, { entities }: Model) =>
  wrap(
    type.kind === "entity"
      ? (entities[type.entity]?.name ?? "")
      : type.kind === "value"
        ? "Value"
        : type.text,
  );

function sdlOf(model: Model, s: number): string {
  const { thing } = model;
  const everyField = [
    ...model.entities.flatMap(({ fields }) => fields),
    ...(thing?.fields ?? []),
    ...model.roots,
  ];
  const uses = (kind: string) =>
    everyField.some(({ type, owners }) => owners.includes(s) && type.kind === kind);
  const providedHere = new Set(
    everyField.filter(({ owners }) => owners.includes(s)).map(({ provides }) => provides),
  );
  const providedAnywhere = new Set(everyField.map(({ provides }) => provides));
  const written = (field: Field, tail: string) =>
    `  ${field.name}${field.argument ? "(by: Int = 1)" : ""}: ${typeText(field, model)}${tail}${field.provides && !tail.includes("@external") ? ` @provides(fields: "${field.provides}")` : ""}`;
  const types = model.entities.flatMap((entity, e) => {
    const keys = entity.keys[s] ?? [];
    if (keys.length === 0) return [];
    const requiredHere = new Set(
      entity.fields.filter(({ owners }) => owners.includes(s)).flatMap(({ requires }) => requires),
    );
    const fields = entity.fields.flatMap((field) => {
      const { owners, lostBy, requires, name } = field;
      const shared = owners.length > 1 || providedAnywhere.has(name) ? " @shareable" : "";
      const from = lostBy !== undefined && owners[0] === s ? ` @override(from: "s${lostBy}")` : "";
      const needs = requires.length > 0 ? ` @requires(fields: "${requires.join(" ")}")` : "";
      if (owners.includes(s)) return [written(field, shared + from + needs)];
      if (lostBy === s) return [written(field, shared)];
      return requiredHere.has(name) || providedHere.has(name) ? [written(field, " @external")] : [];
    });
    const names = [...new Set(keys.flatMap((key) => key.split(" ")))];
    const interfaces = [
      ...(isNode(entity, s) ? ["Node"] : []),
      ...(thing?.owner === s && thing.members.includes(e) ? ["Thing"] : []),
    ];
    return [
      `type ${entity.name}${interfaces.length > 0 ? ` implements ${interfaces.join(" & ")}` : ""} ${keys.map((key) => `@key(fields: "${key}")`).join(" ")} {`,
      ...names.map((name) => `  ${name}: ${name === "id" ? "ID" : "String"}!`),
      ...fields,
      "}",
    ];
  });
  const nodes = model.entities.filter((entity) => isNode(entity, s)).map(({ name }) => name);
  const roots = model.roots.filter(({ owners }) => owners[0] === s).map((root) => written(root, ""));
  const homeFields = (thing?.fields ?? []).map((field) =>
    written(field, field.requires.length > 0 ? ` @requires(fields: "${field.requires.join(" ")}")` : ""),
  );
  const isLabelRequired = thing?.fields.some(({ requires }) => requires.includes("label"));
  return [
    `type Query {\n${[`  alive${s}: Int`, ...roots].join("\n")}\n}`,
    `type Mutation {\n${[`  tick${s}: Int!`, ...roots].join("\n")}\n}`,
    ...types,
    ...(thing?.owner === s ? [`interface Thing @key(fields: "id") { id: ID! label: String }`] : []),
    ...(thing?.home === s
      ? [
          `type Thing @key(fields: "id") @interfaceObject {`,
          "  id: ID!",
          ...(isLabelRequired ? ["  label: String @external"] : []),
          ...homeFields,
          "}",
        ]
      : []),
    ...(nodes.length > 0 ? ["interface Node { id: ID! }", `union Any = ${nodes.join(" | ")}`] : []),
    "enum Colour { RED GREEN BLUE }",
    ...(uses("value")
      ? ["type Value @shareable { a: Int more: More }", "type More @shareable { b: [Int] }"]
      : []),
  ].join("\n");
}

function resolversOf(
  model: Model,
  s: number,
  { rows, members, unknown }: Known,
  answer: RandomMesh["answer"],
): Resolvers {
  const { thing } = model;
  const bringing = ({ provides }: Field, value: unknown): unknown => {
    if (!provides || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => bringing({ provides } as Field, item));
    const row = value as Row;
    return { ...row, [provides]: answer(row.__typename, row, provides, {}) };
  };
  const roots = (type: string) =>
    Object.fromEntries(
      model.roots
        .filter(({ owners }) => owners[0] === s)
        .map((root) => [root.name, (_: Row, args: Row) => bringing(root, answer(type, {}, root.name, args))]),
    );
  const tick = `tick${s}`;
  const resolvers: Record<string, Record<string, (row: Row, args: Row) => unknown>> = {
    Query: roots("Query"),
    Mutation: { ...roots("Mutation"), [tick]: () => answer("Mutation", {}, tick, {}) },
  };
  const byId = ({ id }: Row) => members.find((one) => one.id === id) ?? null;
  if (thing?.owner === s) resolvers.Thing = { __resolveReference: byId };
  if (thing?.home === s)
    resolvers.Thing = {
      ...Object.fromEntries(
        thing.fields.map((field) => [
          field.name,
          (holder: Row, args: Row) =>
            field.requires.length > 0 ? computed(field, holder) : answer("Thing", holder, field.name, args),
        ]),
      ),
      __resolveReference: (representation) => {
        const row = byId(representation);
        return row && { ...representation, ...row };
      },
    };
  model.entities.forEach((entity, e) => {
    const keys = entity.keys[s] ?? [];
    if (keys.length === 0) return;
    const of = Object.fromEntries(
      entity.fields
        .filter(({ owners, lostBy }) => owners.includes(s) || lostBy !== s)
        .map((field) => [
          field.name,
          (holder: Row, args: Row) =>
            field.requires.length > 0 && !unknown.has(holder.id)
              ? computed(field, holder)
              : bringing(field, answer(entity.name, holder, field.name, args)),
        ]),
    );
    const lost = entity.fields.filter(({ lostBy }) => lostBy === s);
    for (const { name } of lost)
      of[name] = () => {
        throw new Error(`${name} is another's now`);
      };
    const written = new Set(
      sdlOf(model, s)
        .match(/^ {2}\w+/gm)
        ?.map((line) => line.trim()),
    );
    resolvers[entity.name] = {
      ...Object.fromEntries(Object.entries(of).filter(([name]) => written.has(name))),
      __resolveReference: (representation) => {
        const row = (rows[e] as readonly Row[]).find((one) =>
          ["id", "code"].some((key) => key in representation && one[key] === representation[key]),
        );
        return row && !unknown.has(row.id) ? { ...representation, ...row } : null;
      },
    };
  });
  return resolvers;
}
