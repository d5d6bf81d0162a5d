// A random model of a mesh: entities, who answers which of their fields, and how.
import type { Tape } from "./tape.ts";

export type FieldType =
  | { readonly kind: "leaf"; readonly text: "Int" | "String" | "Colour" }
  | { readonly kind: "value" }
  | { readonly kind: "entity"; readonly entity: number }
  /** `Node` or `Any`: of the entities that the answering subgraph knows. */
  | { readonly kind: "abstract"; readonly text: "Node" | "Any" };

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
  /** Computed from these fields of the same entity, which others own. */
  readonly requires: readonly string[];
  /** Of an entity's type: a field of it that comes along. */
  readonly provides: string | undefined;
};

export type Entity = {
  readonly name: string;
  readonly fields: readonly Field[];
  /** By subgraph: the keys there; none = the subgraph does not know the entity. */
  readonly keys: readonly (readonly string[])[];
};

export type Model = {
  readonly subgraphs: number;
  readonly entities: readonly Entity[];
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
  const plain = (name: string, owners: readonly number[]): Field => {
    const its = type(owners);
    const wrap = wraps[tape.pick(wraps.length)] as (typeof wraps)[number];
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
      const field = plain(`e${e}f${f}`, owners);
      const lost = !shared && second !== first && field.type.kind === "leaf" && tape.chance(5);
      if (lost) knows(second, e);
      return lost ? { ...field, lostBy: second } : field;
    });
    const computed = Array.from({ length: tape.pick(3) }, (_, f): Field[] => {
      const owner = tape.pick(subgraphs);
      const free = own.filter(
        (field) => canBeRequired(field) && !field.owners.includes(owner) && field.lostBy !== owner,
      );
      if (free.length === 0) return [];
      knows(owner, e);
      const requires = [...new Set([tape.among(free).name, tape.among(free).name])];
      const wrap = wraps[0] as (typeof wraps)[number];
      const type: FieldType = { kind: "leaf", text: "String" };
      return [
        {
          name: `e${e}c${f}`,
          type,
          ...wrap,
          owners: [owner],
          lostBy: undefined,
          argument: false,
          requires,
          provides: undefined,
        },
      ];
    }).flat();
    return { name: `E${e}`, fields: [...own, ...computed], keys: [] };
  });
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
  return {
    subgraphs,
    entities: entities.map((entity, e) => ({
      ...entity,
      fields: entity.fields.map(providing),
      keys: (known[e] as Set<string>[]).map((keys) => [...keys]),
    })),
    roots: roots.map(providing),
  };
}

const canBeRequired = ({ type, argument, requires }: Field) =>
  type.kind === "leaf" && !argument && requires.length === 0;

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
    (one) => canBeRequired(one) && !one.owners.includes(owner) && one.lostBy === undefined,
  );
  return free.length === 0 ? field : { ...field, provides: tape.among(free).name };
}
