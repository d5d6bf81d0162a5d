// Changes that the team's own code tells of: kept in a folder, or numbered by a counter of its own.
import { appendFile, readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fetch } from "undici";
import { describe, expect, it } from "vitest";
import { type ChangesEvent, type ChangesKept, type Deliver, deliverToGateways, openChanges } from "weft/sdk";
import { temporaryDirectory } from "../../setup/temporary-directory.ts";
import { gatewayReceiver } from "./support/gateway-receiver.ts";
import { harbour, secret } from "./support/harbour.ts";
import { until } from "./support/until.ts";

const product = harbour("postgres://nowhere", "public");

function opened(urls: readonly string[], kept: ChangesKept) {
  const seen: ChangesEvent[] = [];
  const parts = { fetch, now: Date.now };
  const deliver = deliverToGateways(parts, { product: "harbour", urls, secret });
  const observe = (event: ChangesEvent) => seen.push(event);
  const waits = { retryMs: 10, retryMaxMs: 50, pollMs: 60_000 };
  return openChanges({ product, deliver, observe, now: Date.now }, kept, waits);
}

/** Nobody there: what is told stays, as if the process had been killed before it could deliver. */
const away: Deliver = (_, { signal }) =>
  new Promise((resolve) => {
    const fault = new Error("nobody") as never;
    signal.addEventListener("abort", () => resolve({ kind: "later", fault, afterMs: undefined }));
  });
const nobody = (directory: string, bytesMax = 1e6) =>
  openChanges({ product, deliver: away, observe: () => {}, now: Date.now }, { directory, bytesMax });

/** Makes the folder's lock that of a process which is gone, as if the one that has it open had been killed. */
async function kill(directory: string): Promise<void> {
  const locks = (await readdir(directory)).filter((name) => name.startsWith("lock."));
  expect(locks).toHaveLength(1);
  const path = join(directory, locks[0] as string);
  const holder = JSON.parse(await readFile(path, "utf8"));
  await writeFile(path, JSON.stringify({ ...holder, startedAt: "0" }));
}

const ship = (imo: number) => [{ imo }];
const told = (events: readonly { sequence: string; data: { keys?: unknown } }[]) =>
  events.map(({ sequence, data }) => [sequence, data.keys]);

describe("with a folder", () => {
  it("delivers what it is told, numbered and canonical", async () => {
    await using directory = await temporaryDirectory();
    await using receiver = await gatewayReceiver({ secret });
    await using changes = await opened([receiver.url], { directory: directory.path });
    await changes.changed("Ship", ship(1));
    await changes.changed("Berth", [{ port: "A", number: 7, since: "2026-01-01T00:00:00.500Z" }]);
    await changes.changed("Ship");
    expect(told(await receiver.took(3))).toEqual([
      ["1", [{ imo: 1 }]],
      ["2", [{ port: "A", number: "7", since: "2026-01-01T00:00:00.5Z" }]],
      ["3", undefined],
    ]);
  });

  it("delivers after a crash what it was told before, and goes on with the next number", async () => {
    await using directory = await temporaryDirectory();
    await using receiver = await gatewayReceiver({ secret });
    await using crashed = await nobody(directory.path);
    await Promise.all([1, 2, 3].map((imo) => crashed.changed("Ship", ship(imo))));
    await kill(directory.path);
    await using changes = await opened([receiver.url], { directory: directory.path });
    await changes.changed("Ship", ship(4));
    expect(told(await receiver.took(4))).toEqual([1, 2, 3, 4].map((imo) => [String(imo), [{ imo }]]));
  });

  it("delivers again only what was not acknowledged", async () => {
    await using directory = await temporaryDirectory();
    await using receiver = await gatewayReceiver({ secret });
    {
      await using changes = await opened([receiver.url], { directory: directory.path });
      await changes.changed("Ship", ship(1));
      await until(async () => (await cursorIn(directory.path)) === "1", "the cursor");
      receiver.answer(500);
      await changes.changed("Ship", ship(2));
    }
    receiver.answer(204);
    await using _ = await opened([receiver.url], { directory: directory.path });
    expect(told(await receiver.took(2))).toEqual([
      ["1", [{ imo: 1 }]],
      ["2", [{ imo: 2 }]],
    ]);
  });

  it.each([
    ["torn in the middle", 20],
    ["without its end of line", 1],
  ])("forgets a last line that a crash left %s, and uses its number again", async (_, missing) => {
    await using directory = await temporaryDirectory();
    await using crashed = await nobody(directory.path);
    await crashed.changed("Ship", ship(1));
    await crashed.changed("Ship", ship(2));
    const path = join(directory.path, "events.ndjson");
    await truncate(path, (await readFile(path)).length - missing);
    await kill(directory.path);
    await using receiver = await gatewayReceiver({ secret });
    await using changes = await opened([receiver.url], { directory: directory.path });
    await changes.changed("Ship", ship(3));
    expect(told(await receiver.took(2))).toEqual([
      ["1", [{ imo: 1 }]],
      ["2", [{ imo: 3 }]],
    ]);
    for (const line of (await readFile(path, "utf8")).split("\n").slice(0, -1)) JSON.parse(line);
  });

  it("leaves a gap for a line that is no event, and loses none behind it", async () => {
    await using directory = await temporaryDirectory();
    await using crashed = await nobody(directory.path);
    for (const imo of [1, 2, 3]) await crashed.changed("Ship", ship(imo));
    const path = join(directory.path, "events.ndjson");
    const lines = (await readFile(path, "utf8")).split("\n");
    await writeFile(path, [lines[0], "\0\0\0", lines[2], ""].join("\n"));
    await appendFile(path, '{"half');
    await kill(directory.path);
    await using receiver = await gatewayReceiver({ secret });
    await using _ = await opened([receiver.url], { directory: directory.path });
    expect(told(await receiver.took(2))).toEqual([
      ["1", [{ imo: 1 }]],
      ["3", [{ imo: 3 }]],
    ]);
  });

  it("numbers on where all was delivered and the file is empty", async () => {
    await using directory = await temporaryDirectory();
    await using receiver = await gatewayReceiver({ secret });
    for (const imo of [1, 2]) {
      await using changes = await opened([receiver.url], { directory: directory.path });
      await changes.changed("Ship", ship(imo));
      await until(async () => (await cursorIn(directory.path)) === String(imo), "the cursor");
      await truncate(join(directory.path, "events.ndjson"), 0);
    }
    expect(told(receiver.taken)).toEqual([
      ["1", [{ imo: 1 }]],
      ["2", [{ imo: 2 }]],
    ]);
  });

  it("is full at its limit, and has room again for what was delivered", async () => {
    await using directory = await temporaryDirectory();
    await using crashed = await nobody(directory.path, 600);
    await crashed.changed("Ship", ship(1));
    await crashed.changed("Ship", ship(2));
    await expect(crashed.changed("Ship", ship(3))).rejects.toMatchObject({ code: "OUTBOX_MAX" });
    await kill(directory.path);
    await using receiver = await gatewayReceiver({ secret });
    await using changes = await opened([receiver.url], { directory: directory.path, bytesMax: 600 });
    await until(async () => (await cursorIn(directory.path)) === "2", "the cursor");
    for (const imo of [3, 4, 5]) {
      await changes.changed("Ship", ship(imo));
      await until(async () => (await cursorIn(directory.path)) === String(imo), "the cursor");
    }
    expect(told(await receiver.took(5)).map(([sequence]) => sequence)).toEqual(["1", "2", "3", "4", "5"]);
  });
});

describe("with a counter", () => {
  it("resolves when it was delivered, in the order of the numbers", async () => {
    await using receiver = await gatewayReceiver({ secret });
    let last = 40;
    const nextSequence = async () => String(++last);
    await using changes = await opened([receiver.url], { nextSequence });
    receiver.answer(500);
    let delivered = 0;
    const telling = [1, 2, 3].map((imo) =>
      changes.changed("Ship", ship(imo)).then(() => {
        delivered += 1;
      }),
    );
    await until(() => receiver.deliveries.length >= 2, "two tries");
    expect(delivered).toBe(0);
    receiver.answer(204);
    await Promise.all(telling);
    expect(told(receiver.taken)).toEqual([
      ["41", [{ imo: 1 }]],
      ["42", [{ imo: 2 }]],
      ["43", [{ imo: 3 }]],
    ]);
  });

  it("says which change was not delivered before the end, and how many may wait", async () => {
    let last = 0;
    const kept = { nextSequence: async () => String(++last), eventsMax: 1 };
    const changes = await openChanges({ product, deliver: away, observe: () => {}, now: Date.now }, kept);
    const waiting = expect(changes.changed("Ship", ship(1))).rejects.toMatchObject({ code: "CHANGES_ENDED" });
    await expect(changes.changed("Ship", ship(2))).rejects.toMatchObject({ code: "OUTBOX_MAX" });
    expect(last).toBe(1);
    await changes[Symbol.asyncDispose]();
    await waiting;
  });
});

it.each([
  ["an entity that is not the product's", "Boat", undefined, "Boat is not one"],
  ["a key without a field", "Berth", [{ port: "A", number: 7 }], "found by port, number, since"],
  ["a key of other fields", "Ship", [{ name: "Ada" }], "found by imo"],
] as const)("refuses %s", async (_, entity, keys, problem) => {
  await using changes = await opened(["http://127.0.0.1:9"], { nextSequence: async () => "1" });
  await expect(changes.changed(entity, keys)).rejects.toThrow(problem);
});

async function cursorIn(directory: string): Promise<string | undefined> {
  const text = await readFile(join(directory, "cursor.json"), "utf8").catch(() => "{}");
  return (JSON.parse(text) as { readonly sequence?: string }).sequence;
}
