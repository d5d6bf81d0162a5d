// A model of the cache's protocol for one key, small enough that every order of its steps can be tried.

/** What the protocol stands on. Taking one away must let an old answer through. */
export type Rules = {
  /** Answers with counters, or an entity with a lease. */
  readonly kind: "answer" | "entity";
  /** A server that lost writes gets another epoch. "run" = the one it had when it was the master before. */
  readonly epoch: "always new" | "run" | "none";
  readonly lease: boolean;
  /** Flights are told apart by the generation that they started under. */
  readonly detach: boolean;
  /** A missing counter becomes a token that never was; otherwise zero. */
  readonly randomCounter: boolean;
  /** Counters are read before the fetch; otherwise after it. */
  readonly stampBefore: boolean;
  /** Whether both readers are on one gateway, and share flights. */
  readonly oneGateway: boolean;
  /** In which order a reader sees the counter and the entry, which may lie on two servers. */
  readonly counterFirst: boolean;
};

export type Bounds = {
  readonly writes: number;
  /** Of each reader. */
  readonly reads: readonly [number, number];
  readonly evictions: number;
  readonly failovers: number;
};

/** Everything that is kept under one epoch. Versions are numbers; -1 = none. */
type Held = {
  counter: number;
  entry: { version: number; stamp: number } | undefined;
  hash: { lease: number; version: number } | undefined;
};
type Keys = Record<number, Held>;

type Reader = {
  step: "idle" | "asked" | "half" | "missed" | "waiting";
  /** What had been acknowledged when the read began: nothing older may come. */
  floor: number;
  generation: number;
  seen: Held["entry"];
  left: number;
};
type Flying = { gateway: number; generation: number; version: number; readers: number[] };

export type State = {
  truth: number;
  acknowledged: number;
  /** The version whose event is on its way; 0 = none. */
  event: number;
  written: boolean;
  epoch: number;
  keys: Keys;
  replica: Keys;
  tokens: number;
  evictions: number;
  failovers: number;
  readers: Reader[];
  flights: Flying[];
  /** Fills that are not in the store yet: one that is lost stays here for good. */
  fills: { version: number; generation: number }[];
  /** A version that was read after a newer one was acknowledged. */
  broken: string | undefined;
};

export function begin(bounds: Bounds): State {
  const reader = (left: number): Reader => ({ step: "idle", floor: 0, generation: 0, seen: undefined, left });
  return {
    truth: 0,
    acknowledged: 0,
    event: 0,
    written: false,
    epoch: 0,
    keys: {},
    replica: {},
    tokens: 1,
    evictions: bounds.evictions,
    failovers: bounds.failovers,
    readers: bounds.reads.map(reader),
    flights: [],
    fills: [],
    broken: undefined,
  };
}

const empty = (): Held => ({ counter: -1, entry: undefined, hash: undefined });
const held = (state: State): Held => {
  state.keys[state.epoch] ??= empty();
  return state.keys[state.epoch] as Held;
};

/** Each step that is possible in the state, with its name; a step changes the copy that it is given. */
export function steps(
  rules: Rules,
  bounds: Bounds,
  state: State,
): readonly [string, (next: State) => void][] {
  const possible: [string, (next: State) => void][] = [];
  const step = (name: string, change: (next: State) => void) => possible.push([name, change]);

  if (state.truth < bounds.writes && state.event === 0)
    step("write", (next) => {
      next.truth++;
      next.event = next.truth;
    });
  if (state.event > 0 && !state.written)
    step("invalidate", (next) => {
      const now = held(next);
      if (rules.kind === "entity") now.hash = undefined;
      else if (rules.randomCounter) now.counter = next.tokens++;
      else now.counter = Math.max(now.counter, 0) + 1;
      next.written = true;
    });
  if (state.written)
    step("acknowledge", (next) => {
      next.acknowledged = next.event;
      next.event = 0;
      next.written = false;
    });
  const now = state.keys[state.epoch];
  if (state.evictions > 0 && now)
    for (const key of ["counter", "entry", "hash"] as const)
      if (key === "counter" ? now.counter >= 0 : now[key])
        step(`evict ${key}`, (next) => {
          next.evictions--;
          if (key === "counter") held(next).counter = -1;
          else held(next)[key] = undefined;
        });
  if (state.failovers > 0) {
    step("replicate", (next) => {
      next.replica = structuredClone(next.keys);
    });
    step("fail over", (next) => {
      next.failovers--;
      [next.keys, next.replica] = [next.replica, next.keys];
      if (rules.epoch === "always new") next.epoch++;
      else if (rules.epoch === "run") next.epoch = 1 - next.epoch;
    });
  }
  state.readers.forEach((reader, i) => {
    readerSteps(rules, state, reader, i, step);
  });
  state.flights.forEach((flying, i) => {
    flightSteps(rules, flying, i, step);
  });
  state.fills.forEach((_, i) => {
    step("fill", (next) => fill(rules, next, i));
  });
  return possible;
}

type Step = (name: string, change: (next: State) => void) => void;

function readerSteps(rules: Rules, state: State, reader: Reader, i: number, step: Step): void {
  const on = (change: (reader: Reader, next: State) => void) => (next: State) =>
    change(next.readers[i] as Reader, next);
  const name = `reader ${i}`;
  const readCounter = (own: Reader, next: State) => {
    const now = held(next);
    if (now.counter < 0) now.counter = rules.randomCounter ? next.tokens++ : 0;
    own.generation = now.counter;
  };
  const readEntry = (own: Reader, next: State) => {
    own.seen = held(next).entry;
  };
  switch (reader.step) {
    case "idle":
      if (reader.left > 0)
        step(
          `${name} asks`,
          on((own, next) => {
            own.left--;
            own.floor = next.acknowledged;
            own.step = "asked";
          }),
        );
      break;
    case "asked":
      if (rules.kind === "entity")
        step(
          `${name} reads the field`,
          on((own, next) => {
            const now = held(next);
            now.hash ??= { lease: next.tokens++, version: -1 };
            own.generation = now.hash.lease;
            if (now.hash.version >= 0) arrive(next, own, now.hash.version, `${name} hit`);
            else own.step = "missed";
          }),
        );
      else
        step(
          `${name} reads half`,
          on((own, next) => {
            (rules.counterFirst ? readCounter : readEntry)(own, next);
            own.step = "half";
          }),
        );
      break;
    case "half":
      step(
        `${name} reads the other half`,
        on((own, next) => {
          (rules.counterFirst ? readEntry : readCounter)(own, next);
          const { seen } = own;
          own.seen = undefined;
          if (seen && seen.stamp === own.generation) arrive(next, own, seen.version, `${name} hit`);
          else own.step = "missed";
        }),
      );
      break;
    case "missed": {
      const gateway = rules.oneGateway ? 0 : i;
      const joined = state.flights.findIndex(
        (flying) => flying.gateway === gateway && (!rules.detach || flying.generation === reader.generation),
      );
      step(
        `${name} ${joined < 0 ? "takes off" : "joins"}`,
        on((own, next) => {
          own.step = "waiting";
          const flying = next.flights[joined];
          if (flying) flying.readers.push(i);
          else next.flights.push({ gateway, generation: own.generation, version: -1, readers: [i] });
        }),
      );
      break;
    }
    case "waiting":
      break;
  }
}

function flightSteps(rules: Rules, flying: Flying, i: number, step: Step): void {
  if (flying.version < 0)
    step("fetch", (next) => {
      (next.flights[i] as Flying).version = next.truth;
    });
  else
    step("land", (next) => {
      const [{ version, generation, readers }] = next.flights.splice(i, 1) as [Flying];
      for (const reader of readers)
        arrive(next, next.readers[reader] as Reader, version, `reader ${reader} flew`);
      const late = rules.stampBefore ? generation : Math.max(held(next).counter, 0);
      next.fills.push({ version, generation: late });
    });
}

function fill(rules: Rules, next: State, i: number): void {
  const [{ version, generation }] = next.fills.splice(i, 1) as [State["fills"][number]];
  const now = held(next);
  if (rules.kind === "answer") now.entry = { version, stamp: generation };
  else if (!rules.lease) now.hash = { lease: now.hash?.lease ?? next.tokens++, version };
  else if (now.hash?.lease === generation) now.hash.version = version;
}

function arrive(next: State, reader: Reader, version: number, how: string): void {
  if (version < reader.floor)
    next.broken = `${how}: version ${version} after ${reader.floor} was acknowledged`;
  reader.step = "idle";
  reader.floor = 0;
  reader.generation = 0;
}
