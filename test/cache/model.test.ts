// Every order of steps of two readers, a writer, an invalidator, an evictor and a failover, for one key.
import { describe, expect, it } from "vitest";
import { explore } from "./model/explore.ts";
import type { Bounds, Rules } from "./model/protocol.ts";

const long = process.env.WEFT_TEST_LONG !== undefined;
const usual: Bounds = { writes: 1, reads: [2, 1], evictions: 1, failovers: 1 };
const wide: Bounds = { writes: 2, reads: [2, 1], evictions: 1, failovers: 1 };
const bounds = long ? wide : usual;

const rules: Rules = {
  kind: "answer",
  epoch: "always new",
  lease: true,
  detach: true,
  randomCounter: true,
  stampBefore: true,
  oneGateway: true,
  counterFirst: true,
};

describe("the protocol", () => {
  it.each([
    ["answers on one gateway", {}],
    ["answers on two gateways", { oneGateway: false }],
    ["answers whose entry is read before the counter", { counterFirst: false }],
    ["entities on one gateway", { kind: "entity" }],
    ["entities on two gateways", { kind: "entity", oneGateway: false }],
  ] as const)(
    "never returns what is older than was acknowledged: %s",
    (_what, more) => {
      const { states, broken } = explore({ ...rules, ...more }, bounds);
      expect(broken).toBeUndefined();
      expect(states).toBeGreaterThan(1_000);
    },
    600_000,
  );

  const twice: Bounds = { ...usual, evictions: 0, failovers: 2 };
  it.each([
    ["the epoch (answers)", { epoch: "none" }, usual],
    ["the epoch (entities)", { kind: "entity", epoch: "none" }, usual],
    ["an epoch that is new when a server becomes the master again", { epoch: "run" }, twice],
    ["the same for entities", { kind: "entity", epoch: "run" }, twice],
    ["the lease", { kind: "entity", lease: false }, usual],
    ["the detachment of flights (answers)", { detach: false }, usual],
    ["the detachment of flights (entities)", { kind: "entity", detach: false }, usual],
    ["the random start of a counter", { randomCounter: false }, usual],
    ["the order of counter and fetch", { stampBefore: false }, usual],
  ] as const)(
    "needs %s",
    (_what, more, bounds) => {
      expect(explore({ ...rules, ...more }, bounds).broken).toBeDefined();
    },
    60_000,
  );

  it("loses an answer with the shortest way to it told", () => {
    expect(explore({ ...rules, detach: false }, usual).broken).toMatchInlineSnapshot(`
      [
        "reader 0 asks",
        "reader 0 reads half",
        "reader 0 reads the other half",
        "reader 0 takes off",
        "fetch",
        "write",
        "invalidate",
        "acknowledge",
        "reader 1 asks",
        "reader 1 reads half",
        "reader 1 reads the other half",
        "reader 1 joins",
        "land",
        "reader 1 flew: version 0 after 1 was acknowledged",
      ]
    `);
  });
});
