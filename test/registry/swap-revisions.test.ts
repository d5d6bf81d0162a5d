// Revisions under load: a thousand questions in flight while twenty are published and five broken ones offered.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it, vi } from "vitest";
import { openFolderRegistry } from "../../schema/registry/folder-registry.ts";
import type { Revision } from "../../schema/registry/registry.ts";
import { answerJson, httpServer } from "../gateway/support/http-server.ts";
import { followedClosely, type GatewayAnswer, testGateway } from "../gateway/support/test-gateway.ts";
import { temporaryDirectory } from "../setup/temporary-directory.ts";
import { options } from "./support/drafts.ts";

const revisions = 20;
const askers = 1_000;

/** Both products change at once in each revision, schema and address: what one of them says must be what the other says. */
const sdlOf = (name: string, turn: number) => `type Query { ${name}: Int ${name}${turn}: Int }`;

it("fails no question and mixes no answer", async () => {
  await using directory = await temporaryDirectory();
  const folder = join(directory.path, "registry");
  await using registry = openFolderRegistry({}, folder);
  await using server = await httpServer(async (response, { path, body }) => {
    const [, name = "", turn = ""] = /\/(left|right)\/(\d+)/.exec(path ?? "") ?? [];
    const { query } = JSON.parse(body) as { query: string };
    const asked = [...query.matchAll(/\b(?:(\w+):\s*)?((?:left|right)\d*)\b/g)];
    await sleep(1_500 + Math.random() * 2_000); // so that a question is in flight across swaps
    answerJson(response, {
      data: Object.fromEntries(asked.map(([, alias, field = name]) => [alias ?? field, Number(turn)])),
    });
  });
  const products = (turn: number) =>
    Object.fromEntries(
      ["left", "right"].map((name) => [
        name,
        { version: `${turn}.0.0`, url: new URL(`/${name}/${turn}`, server.url).href },
      ]),
    );
  let newest = 0;
  const append = (
    draft: Pick<Revision, "action" | "products"> & {
      readonly adds?: { name: string; version: string; sdl: string };
    },
  ) =>
    registry.append(
      { variant: "current", at: new Date().toISOString(), by: "test", after: newest++, ...draft },
      options,
    );
  /** The versions first, in a variant of their own; then one revision with both. */
  let staged = 0;
  const stage = async (name: string, version: string, sdl: string) =>
    registry.append(
      {
        variant: "staging",
        at: new Date().toISOString(),
        by: "test",
        after: staged++,
        action: { kind: "published", name, version },
        products: {},
        adds: { name, version, sdl },
      },
      options,
    );
  const offer = async (turn: number) => {
    for (const name of ["left", "right"]) await stage(name, `${turn}.0.0`, sdlOf(name, turn));
    await append({
      action: { kind: "published", name: "right", version: `${turn}.0.0` },
      products: products(turn),
    });
  };
  const file = (number: number) =>
    join(folder, "variants", "current", `${String(number).padStart(6, "0")}.json`);
  const good = { at: "2026-01-01T00:00:00.000Z", by: "a broken tool", variant: "current" };
  const action = { kind: "published", name: "left", version: "1.0.0" } as const;
  const broken: readonly (readonly [RegExp, (turn: number) => Promise<unknown>])[] = [
    [/it is no JSON/, () => writeFile(file(++newest), '{ "variant": "current", "number": 4')],
    [
      /left 99\.0\.0 .* it is not there/,
      () => {
        const number = ++newest;
        const left = { version: "99.0.0", url: server.url };
        return writeFile(file(number), JSON.stringify({ ...good, number, action, products: { left } }));
      },
    ],
    [
      /do not compose|Cannot|cannot/,
      async (turn) => {
        await stage("left", "50.0.0", "type Query { left: Nowhere }");
        const left = { version: "50.0.0", url: server.url };
        await append({ action, products: { ...products(turn), left } });
      },
    ],
    [
      /schema\.graphql was changed/,
      async (turn) => {
        await stage("left", "51.0.0", sdlOf("left", 51));
        await writeFile(join(folder, "products/left/51.0.0/schema.graphql"), "type Query { other: Int }");
        const left = { version: "51.0.0", url: server.url };
        await append({ action, products: { ...products(turn), left } });
      },
    ],
    [
      /169\.254\.169\.254.*metadata/,
      async (turn) => {
        const { left, ...rest } = products(turn);
        const moved = { version: left?.version as string, url: "http://169.254.169.254/latest" };
        await append({ action, products: { ...rest, left: moved } });
      },
    ],
  ];

  await offer(1);
  await using gateway = await testGateway({
    subgraphs: {},
    registry: { folder },
    schema: followedClosely,
    fetch: { queueMax: 10_000 },
    plansInThread: true,
  });
  await gateway.live();
  const health = async () =>
    (await (await fetch(`${gateway.url}/readyz`)).json()) as { revision: number; problems: string[] };
  const taken = () =>
    gateway.events.flatMap((event) => (event.kind === "supergraph.taken" ? [event.revision] : []));
  let changing = true;
  let asked = 0;
  const changes = (async () => {
    await vi.waitFor(() => expect(asked).toBeGreaterThanOrEqual(askers), { timeout: 20_000 });
    let left = [...broken];
    for (let turn = 2; turn <= revisions; turn++) {
      if (turn % 4 === 2) {
        const [[says, breaks] = [], ...rest] = left;
        left = rest;
        const before = (await health()).revision;
        await breaks?.(turn - 1);
        await vi.waitFor(async () => expect((await health()).problems.join()).toMatch(says as RegExp), {
          timeout: 30_000,
          interval: 100,
        });
        expect((await health()).revision).toBe(before);
      }
      await offer(turn);
      await vi.waitFor(() => expect(taken().at(-1)).toBe(newest), { timeout: 30_000, interval: 10 });
      expect(await health()).toMatchObject({ revision: newest, problems: [] });
    }
    expect(left).toEqual([]);
  })().finally(() => {
    changing = false;
  });
  const wrong: GatewayAnswer[] = [];
  const seen = new Set<number>();
  let answered = 0;
  const asker = async (_: unknown, i: number) => {
    do {
      asked += 1;
      const answer = await gateway.ask(`{ l${i % 8}: left r${i % 8}: right }`);
      answered += 1;
      const values = Object.values(answer.data ?? {}) as number[];
      const isWhole =
        answer.status === 200 && !answer.errors && values.length === 2 && values[0] === values[1];
      if (isWhole) seen.add(values[0] as number);
      else wrong.push(answer);
    } while (changing);
  };
  await Promise.all([changes, ...Array.from({ length: askers }, asker)]);

  expect(wrong.slice(0, 3).map(({ status, text }) => [status, text])).toEqual([]);
  expect(wrong).toHaveLength(0);
  expect(answered).toBeGreaterThanOrEqual(askers);
  expect((await gateway.ask("{ left right }")).data).toEqual({ left: revisions, right: revisions });
  expect(seen.size).toBeGreaterThan(revisions / 2);
}, 180_000);
