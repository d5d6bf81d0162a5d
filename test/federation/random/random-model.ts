// A random model of a mesh: entities, who answers which of their fields, and how.
import type { Tape } from "./tape.ts";

export type FieldType =
  | { readonly kind: "leaf"; readonly text: "Int" | "String" | "Colour" }
  | { readonly kind: "value" }
  | { readonly kind: "entity"; readonly entity: number }
  /** `Node` or `Any`: of the entities that the answering subgraph knows; `Thing`: of its members. */
  | { readonly kind: "abstract"; readonly text: "Node" | "Any" | "Thing" };

export type Field = {
  readonly name: string;
  readonly type: FieldType;
  /** Around the type: `T`, `T!`, `[T]`, `[T!]!`, `[[T]]`. */
  readonly wrap: (text: string) => string;
  readonly list: 0 | 1 | 2;
  readonly sure: boolean;
  readonly sureItems: boolean;
  /** Subgraphs that answer it; several = shareable. */
  readonly owners: readonly number[];
  /** A subgraph that lost it to the first owner. */
  readonly lostBy: number | undefined;
  /** Takes `(by: Int = 1)`, which is added to the number. */
  readonly argument: boolean;
  /** Computed from these fields of the same entity, which others own; they may be computed themselves. */
  readonly requires: readonly string[];
  /** Of an entity's type: a field of it that comes along. */
  readonly provides: string | undefined;
};

export type Entity = {
  readonly name: string;
  readonly fields: readonly Field[];
  /** By subgraph: the keys there; none = the subgraph does not know the entity. */
  readonly keys: readonly (readonly string[])[];
  /** Is it referred to where nobody knows it? Then any of its fields may be null. */
  readonly dangles: boolean;
};

/** An interface with a key in its owner; in its home, another subgraph, it is an object. */
export type Thing = {
  readonly owner: number;
  readonly home: number;
  /** Entities that implement it, all of which its owner knows. They have the field `label` there. */
  readonly members: readonly number[];
  /** What its home adds to every member. */
  readonly fields: readonly Field[];
};

export type Model = {
  readonly subgraphs: number;
  readonly entities: readonly Entity[];
  readonly thing: Thing | undefined;
  /** Root fields; the owner is the first of `owners`. */
  readonly roots: readonly Field[];
};

const wraps: readonly Pick<Field, "wrap" | "list" | "sure" | "sureItems">[] = [
  { wrap: (t) => t, list: 0, sure: false, sureItems: false },
  { wrap: (t) => `[${t}]`, list: 1, sure: false, sureItems: false },
  { wrap: (t) => `${t}!`, list: 0, sure: true, sureItems: false },
  { wrap: (t) => `[${t}!]!`, list: 1, sure: true, sureItems: true },
  { wrap: (t) => `[${t}!]`, list: 1, sure: false, sureItems: true },
  { wrap: (t) => `[[${t}]]`, list: 2, sure: false, sureItems: false },
];

const leaves = ["Int", "String", "Colour"] as const;

export function randomModel(tape: Tape): Model {
  const subgraphs = 2 + tape.pick(3);
  const count = 1 + tape.pick(3);
  const known: Set<string>[][] = Array.from({ length: count }, () => randomKeys(tape, subgraphs));
  const dangles = known.map(
    (keys) => tape.chance(3) && !keys.some((each) => each.has("code")), // a key that nobody tells is no key
  );
  const knows = (subgraph: number, entity: number) => {
    const keys = known[entity]?.[subgraph] as Set<string>;
    if (keys.size === 0) keys.add("id");
  };
  const type = (owners: readonly number[]): FieldType => {
    switch (tape.pick(7)) {
      case 3:
      case 4: {
        const entity = tape.pick(count);
        for (const owner of owners) knows(owner, entity);
        return { kind: "entity", entity };
      }
      case 5:
        return owners.length === 1
          ? { kind: "abstract", text: tape.among(["Node", "Any"]) }
          : { kind: "value" };
      case 6:
        return { kind: "value" };
      default:
        return { kind: "leaf", text: tape.among(leaves) };
    }
  };
  const plain = (name: string, owners: readonly number[], mayBeSure = true): Field => {
    const its = type(owners);
    const wrap = tape.among(mayBeSure ? wraps : wraps.filter(({ sure }) => !sure));
    const argument = its.kind === "leaf" && its.text === "Int" && wrap.list === 0 && tape.chance(3);
    return {
      name,
      type: its,
      ...wrap,
      owners,
      lostBy: undefined,
      argument,
      requires: [],
      provides: undefined,
    };
  };

  const entities = known.map((_, e): Entity => {
    const own = Array.from({ length: 1 + tape.pick(5) }, (_, f): Field => {
      const first = tape.pick(subgraphs);
      const second = tape.pick(subgraphs);
      const shared = tape.chance(4) && second !== first;
      const owners = shared ? [first, second] : [first];
      for (const owner of owners) knows(owner, e);
      const field = plain(`e${e}f${f}`, owners, !dangles[e]);
      const lost = !shared && second !== first && field.type.kind === "leaf" && tape.chance(5);
      if (lost) knows(second, e);
      return lost ? { ...field, lostBy: second } : field;
    });
    const fields = [...own];
    for (let f = tape.pick(3); f > 0; f--) {
      const owner = tape.pick(subgraphs);
      const free = fields.filter(
        (field) => canBeRequired(field) && !field.owners.includes(owner) && field.lostBy !== owner,
      );
      if (free.length === 0) continue;
      knows(owner, e);
      const requires = [...new Set([tape.among(free).name, tape.among(free).name])];
      fields.push(text(`e${e}c${f}`, owner, requires));
    }
    return { name: `E${e}`, fields, keys: [], dangles: dangles[e] as boolean };
  });
  const thing = tape.chance(2) ? randomThing(tape, subgraphs, known, dangles) : undefined;
  const roots = Array.from({ length: 1 + tape.pick(4) }, (_, r): Field => {
    const field = plain(`root${r}`, [tape.pick(subgraphs)]);
    if (field.type.kind === "entity" || field.type.kind === "abstract") return field;
    const entity = tape.pick(count);
    knows(field.owners[0] as number, entity);
    return { ...field, argument: false, type: { kind: "entity", entity } };
  });
  // Whoever answers an abstract field must know somebody that it may be.
  for (const { type, owners } of [...entities.flatMap(({ fields }) => fields), ...roots])
    if (type.kind === "abstract") for (const owner of owners) knows(owner, 0);
  const providing = (field: Field): Field => provide(tape, field, entities);
  const label = thing && text("label", thing.owner);
  return {
    subgraphs: subgraphs + (thing ? 1 : 0),
    entities: entities.map((entity, e) => ({
      ...entity,
      fields: [...entity.fields.map(providing), ...(label && thing.members.includes(e) ? [label] : [])],
      keys: (known[e] as Set<string>[]).map((keys) => [...keys]),
    })),
    thing,
    roots: [
      ...roots.map(providing),
      ...(thing ? [thing.owner, thing.home].map((s) => things(tape, `root${roots.length + s}`, s)) : []),
    ],
  };
}

const canBeRequired = ({ type, argument }: Field) => type.kind === "leaf" && !argument;

/** A field of text that may be null. */
const text = (name: string, owner: number, requires: readonly string[] = []): Field => ({
  name,
  type: { kind: "leaf", text: "String" },
  ...(wraps[0] as (typeof wraps)[number]),
  owners: [owner],
  lostBy: undefined,
  argument: false,
  requires,
  provides: undefined,
});

const things = (tape: Tape, name: string, owner: number): Field => ({
  ...text(name, owner),
  ...tape.among(wraps),
  type: { kind: "abstract", text: "Thing" },
});

/** Undefined where its owner would have no members to know. */
function randomThing(
  tape: Tape,
  home: number,
  known: readonly (readonly Set<string>[])[],
  dangles: readonly boolean[],
): Thing | undefined {
  const owner = tape.pick(home);
  const members = known.flatMap((keys, e) => (keys[owner]?.has("id") && !dangles[e] ? [e] : []));
  const fields = Array.from({ length: 1 + tape.pick(3) }, (_, f): Field => {
    switch (tape.pick(4)) {
      case 1:
        return text(`t${f}`, home, ["label"]);
      case 2:
        return things(tape, `t${f}`, home);
      case 3:
        return { ...text(`t${f}`, home), ...tape.among(wraps), type: { kind: "value" } };
      default:
        return { ...text(`t${f}`, home), ...tape.among(wraps) };
    }
  });
  return members.length === 0 ? undefined : { owner, home, members, fields };
}

/** An entity is known by `id`, by `id region`, or by `id` here, `code` there and both in one place. */
function randomKeys(tape: Tape, subgraphs: number): Set<string>[] {
  const style = tape.pick(4);
  const both = tape.pick(subgraphs);
  return Array.from({ length: subgraphs }, (_, s) => {
    if (style < 2) return new Set(tape.chance(2) ? ["id"] : []);
    if (style === 2) return new Set(["id region"]);
    return new Set(s === both ? ["id", "code"] : [tape.among(["id", "code"])]);
  });
}

function provide(tape: Tape, field: Field, entities: readonly Entity[]): Field {
  const [owner] = field.owners as readonly [number];
  if (field.type.kind !== "entity" || field.owners.length > 1 || !tape.chance(3)) return field;
  const free = (entities[field.type.entity] as Entity).fields.filter(
    (one) =>
      canBeRequired(one) &&
      one.requires.length === 0 &&
      !one.owners.includes(owner) &&
      one.lostBy === undefined,
  );
  return free.length === 0 ? field : { ...field, provides: tape.among(free).name };
}
