// Tries every order of a model's steps, each state once, and finds the shortest way to one that is broken.
import { type Bounds, begin, type Rules, type State, steps } from "./protocol.ts";

export type Exploration = {
  readonly states: number;
  /** The steps that lead to an old answer, and which; undefined = no order of steps does. */
  readonly broken: readonly string[] | undefined;
};

type Visited = { readonly state: State; readonly by: string; readonly from: Visited | undefined };

export function explore(rules: Rules, bounds: Bounds): Exploration {
  const first: Visited = { state: begin(bounds), by: "", from: undefined };
  const seen = new Set([fingerprint(rules, first.state)]);
  let edge: Visited[] = [first];
  while (edge.length > 0) {
    const next: Visited[] = [];
    for (const from of edge)
      for (const [by, change] of steps(rules, bounds, from.state)) {
        const state = structuredCopy(from.state);
        change(state);
        const reached = { state, by, from };
        if (state.broken) return { states: seen.size, broken: wayTo(reached) };
        const print = fingerprint(rules, state);
        if (seen.has(print)) continue;
        seen.add(print);
        next.push(reached);
      }
    edge = next;
  }
  return { states: seen.size, broken: undefined };
}

/** A state as text, its tokens named in the order in which they turn up, without what no step can reach any more. */
function fingerprint(rules: Rules, state: State): string {
  const names = new Map<number, number>();
  const name = (token: number) => {
    if (token < 0 || !(rules.randomCounter || rules.kind === "entity")) return token;
    const known = names.get(token);
    if (known !== undefined) return known;
    names.set(token, names.size);
    return names.size - 1;
  };
  const held = (keys: State["keys"], epochs: readonly number[]) =>
    epochs.map((epoch) => {
      const now = keys[epoch];
      if (!now) return 0;
      const { counter, entry, hash } = now;
      return [
        name(counter),
        entry ? [entry.version, name(entry.stamp)] : 0,
        hash ? [name(hash.lease), hash.version] : 0,
      ];
    });
  const forever = rules.epoch === "always new";
  return JSON.stringify([
    [state.truth, state.acknowledged, state.event, state.written, state.evictions, state.failovers],
    forever ? 0 : state.epoch,
    held(state.keys, forever ? [state.epoch] : [0, 1]),
    forever ? 0 : held(state.replica, [0, 1]),
    state.readers.map(({ step, floor, generation, seen, left }) => [
      step,
      floor,
      step === "idle" || step === "waiting" ? 0 : name(generation),
      seen ? [seen.version, name(seen.stamp)] : 0,
      left,
    ]),
    state.flights.map(({ gateway, generation, version, readers }) => [
      gateway,
      name(generation),
      version,
      readers,
    ]),
    state.fills.map(({ version, generation }) => [version, name(generation)]).sort(byText),
  ]);
}

const byText = (a: readonly number[], b: readonly number[]) => (String(a) < String(b) ? -1 : 1);

function structuredCopy(state: State): State {
  const keys = (all: State["keys"]) =>
    Object.fromEntries(
      Object.entries(all).map(([epoch, { counter, entry, hash }]) => [
        epoch,
        { counter, entry: entry && { ...entry }, hash: hash && { ...hash } },
      ]),
    );
  return {
    ...state,
    keys: keys(state.keys),
    replica: keys(state.replica),
    readers: state.readers.map((reader) => ({ ...reader })),
    flights: state.flights.map((flying) => ({ ...flying, readers: [...flying.readers] })),
    fills: state.fills.map((fill) => ({ ...fill })),
  };
}

function wayTo(reached: Visited): readonly string[] {
  const way: string[] = [reached.state.broken ?? ""];
  for (let at: Visited | undefined = reached; at?.from; at = at.from) way.unshift(at.by);
  return way;
}
