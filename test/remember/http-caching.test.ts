// What HTTP caches are told: tags, 304, how long an answer may be used, and what may not be kept.
import { describe, expect, test } from "vitest";
import { type GetAnswer, getQuestion } from "../gateway/support/get-question.ts";
import type { AskOptions, Question, TestGatewayOptions } from "../gateway/support/test-gateway.ts";
import { type Remembering, remembering } from "./support/remembering.ts";
import { openShelf, type Shelf } from "./support/shelf.ts";

type Get = (question: string | Partial<Question>, options?: AskOptions) => Promise<GetAnswer>;
type Sections = Omit<TestGatewayOptions, "subgraphs">;

const titles = "{ books { id title } }";
const prices = "{ books { id title price } }";
/** Larger than what is sent as it is. */
const many = `{ ${Array.from({ length: 20 }, (_, i) => `b${i}: books { id title }`).join(" ")} }`;

const told = ({ status, headers }: Pick<GetAnswer, "status" | "headers">) => ({
  status,
  cacheControl: headers.get("cache-control"),
  etag: headers.get("etag"),
  vary: headers.get("vary"),
});
const tagOf = ({ headers }: Pick<GetAnswer, "headers">) => headers.get("etag") ?? "(none)";

/** One gateway for all tests of its kind. */
const onShelf = (sections: Sections) =>
  test.extend<{ shelf: Shelf; gateway: Remembering; get: Get }>({
    shelf: [
      // biome-ignore lint/correctness/noEmptyPattern: a fixture names what it needs, which is nothing
      async ({}, use) => {
        await using shelf = await openShelf();
        await use(shelf);
      },
      { scope: "file" },
    ],
    gateway: [
      async ({ shelf }, use) => {
        await using gateway = await remembering(shelf, sections);
        await use(gateway);
      },
      { scope: "file" },
    ],
    get: async ({ gateway }, use) => use((question, options) => getQuestion(gateway.url, question, options)),
  });
const cacheOn = onShelf({});
const cacheOff = onShelf({ cache: { enabled: false } });

describe.each([
  ["with the cache on", cacheOn],
  ["with the cache off", cacheOff],
] as const)("an answer, %s", (_, it) => {
  it("may be kept by its caller, who asks whether it still holds: said alike by Apollo Server and at once", async ({
    get,
  }) => {
    const query = `${titles} # asked for the first time`;
    const first = await get(query);
    const second = await get(query);
    expect(told(first)).toEqual({
      status: 200,
      cacheControl: "private, no-cache",
      etag: expect.stringMatching(/^W\/"[\w-]{22}"$/),
      vary: "accept, accept-encoding, origin, sec-fetch-site, authorization",
    });
    expect(told(second)).toEqual(told(first));
    expect(second.text).toBe(first.text);
  });

  it("has no tag by POST, where a condition is not looked at", async ({ gateway, get }) => {
    const byGet = await get(titles);
    const byPost = await gateway.ask(titles, { headers: { "if-none-match": tagOf(byGet) } });
    expect(told(byPost)).toEqual({ ...told(byGet), etag: null });
    expect(byPost.data.books).toHaveLength(3);
  });

  it.for([
    ["its tag", (tag: string) => tag],
    ["its tag, as a strong one", (tag: string) => tag.replace("W/", "")],
    ["a list that has it", (tag: string) => `"one", ${tag},W/"two"`],
    ["any", () => "*"],
  ] as const)("is 304 without a body to who has %s", async ([, condition], { get }) => {
    const first = await get(titles);
    for (let turn = 0; turn < 2; turn++) {
      const again = await get(titles, { headers: { "if-none-match": condition(tagOf(first)) } });
      expect(told(again)).toEqual({ ...told(first), status: 304 });
      expect(again.text).toBe("");
      expect([again.headers.get("content-type"), again.headers.get("content-length")]).toEqual([null, null]);
      expect(again.headers.get("age")).toBe("0");
    }
  });

  it("is 304 where Apollo Server reads the question for the first time, too", async ({ get }) => {
    const tag = tagOf(await get("{ books { id title } }"));
    const spaced = await get("{ books {  id title } }", { headers: { "if-none-match": tag } });
    expect([spaced.status, spaced.text]).toEqual([304, ""]);
  });

  it("is sent to who has another, or half of its tag", async ({ get }) => {
    const first = await get(titles);
    for (const condition of ['"other"', tagOf(first).slice(0, -2), tagOf(first).slice(3, -1), ""]) {
      const again = await get(titles, { headers: { "if-none-match": condition } });
      expect([again.status, again.text]).toEqual([200, first.text]);
    }
  });

  it("is sent anew once it has changed", async ({ shelf, gateway, get }) => {
    const first = await get(titles);
    shelf.change("title", 1);
    if (it === cacheOn) await gateway.changed("books", "Book", [{ id: 1 }]);
    const second = await get(titles, { headers: { "if-none-match": tagOf(first) } });
    expect(second.status).toBe(200);
    expect(second.text).toContain(`title 1 v${shelf.version("title", 1)}`);
    expect(tagOf(second)).not.toBe(tagOf(first));
    const third = await get(titles, { headers: { "if-none-match": tagOf(second) } });
    expect(third.status).toBe(304);
  });

  it("is never 304 for another's tag, unless both see the same", async ({ get }) => {
    const as = (authorization: string, tag = '""') => ({
      headers: { authorization, "if-none-match": tag },
    });
    for (let turn = 0; turn < 2; turn++) {
      const alice = await get("{ seen }", as("alice"));
      const bob = await get("{ seen }", as("bob", tagOf(alice)));
      expect([bob.status, bob.text]).toEqual([200, '{"data":{"seen":"bob"}}']);
      const shared = await get(titles, as("alice"));
      expect((await get(titles, as("bob", tagOf(shared)))).status).toBe(304);
    }
  });

  it.for([
    ["has errors in a part of it", "{ books { id title broken } }", 200],
    ["is not begun: a variable is missing", "query ($id: Int!) { book(id: $id) { title } }", 200],
    ["is not valid", "{ books { nothing } }", 200],
    ["is not even GraphQL", "{ books", 200],
  ] as const)("that %s is kept by nobody", async ([, query, status], { get }) => {
    for (let turn = 0; turn < 2; turn++) {
      const answer = await get(query, { headers: { "if-none-match": "*" } });
      expect(told(answer)).toMatchObject({ status, cacheControl: "no-store", etag: null });
      expect(JSON.parse(answer.text).errors.length).toBeGreaterThan(0);
    }
  });

  it.for([
    ["explained", { explain: "analyze" }],
    ["only planned", { explain: "plan" }],
    ["told with its freshness", { freshness: true }],
  ] as const)("%s is kept by nobody", async ([, extensions], { get }) => {
    for (let turn = 0; turn < 2; turn++) {
      const answer = await get({ query: titles, extensions }, { headers: { "if-none-match": "*" } });
      expect(told(answer)).toMatchObject({ status: 200, cacheControl: "no-store", etag: null });
    }
  });

  it("of a mutation is kept by nobody", async ({ gateway }) => {
    for (let turn = 0; turn < 2; turn++)
      expect(told(await gateway.ask("mutation { rewrite(id: 1) }"))).toMatchObject({
        cacheControl: "no-store",
        etag: null,
      });
  });

  it("a refusal is kept by nobody", async ({ gateway, get }) => {
    const crossSite = await get(titles, { headers: { "sec-fetch-site": "cross-site" } });
    expect([crossSite.status, crossSite.headers.get("cache-control")]).toEqual([403, "no-store"]);
    const elsewhere = await fetch(`${gateway.url}/nowhere`);
    expect([elsewhere.status, elsewhere.headers.get("cache-control")]).toEqual([404, "no-store"]);
  });

  it("is refused to other sites when it is known, as it is when it is new", async ({ get }) => {
    await get(titles);
    for (const headers of [{ "sec-fetch-site": "same-site" }, { origin: "https://elsewhere.example" }])
      expect((await get(titles, { headers })).status).toBe(403);
  });

  it("has one tag in all content codings", async ({ get }) => {
    const plain = await get(many, { headers: { "accept-encoding": "identity" } });
    for (const coding of ["gzip", "deflate"]) {
      const coded = await get(many, { headers: { "accept-encoding": coding } });
      expect(coded.headers.get("content-encoding")).toBe(coding);
      expect(told(coded)).toEqual(told(plain));
      expect(coded.text).toBe(plain.text);
      const again = await get(many, {
        headers: { "accept-encoding": coding, "if-none-match": tagOf(coded) },
      });
      expect([again.status, again.text, again.headers.get("content-encoding")]).toEqual([304, "", null]);
    }
  });
});

describe("how long an answer may be used without asking", () => {
  const sections = (httpMaxAgeMs: number): Sections => ({ cache: { httpMaxAgeMs } });
  const day = sections(86_400_000);

  const open = async (options: Sections) => {
    const shelf = await openShelf();
    const gateway = await remembering(shelf, options);
    const get: Get = (question, asked) => getQuestion(gateway.url, question, asked);
    return {
      shelf,
      gateway,
      get,
      [Symbol.asyncDispose]: async () => {
        await gateway[Symbol.asyncDispose]();
        await shelf[Symbol.asyncDispose]();
      },
    };
  };
  const maxAgeOf = ({ headers }: GetAnswer) =>
    Number(/max-age=(\d+)/.exec(headers.get("cache-control") ?? "")?.[1]) - Number(headers.get("age"));

  test.each<readonly [string, Sections]>([
    ["with the cache on", day],
    ["with the cache off", { cache: { enabled: false, httpMaxAgeMs: 86_400_000 } }],
  ])("is what is left of the smallest objective, %s", async (_, options) => {
    await using opened = await open(options);
    const { get } = opened;
    for (let turn = 0; turn < 3; turn++) {
      const [hour, half] = [await get(titles), await get(prices)];
      expect(hour.headers.get("cache-control")).toMatch(/^public, max-age=\d+, must-revalidate$/);
      expect(maxAgeOf(hour)).toBeGreaterThan(3_500);
      expect(maxAgeOf(hour)).toBeLessThanOrEqual(3_600);
      expect(maxAgeOf(half)).toBeGreaterThan(1_700);
      expect(maxAgeOf(half)).toBeLessThanOrEqual(1_800);
      expect(tagOf(hour)).toMatch(/^W\//);
    }
  });

  test("is what is configured at most, and shrinks as the answer grows older", async () => {
    await using opened = await open(sections(60_000));
    const { get } = opened;
    expect((await get(titles)).headers.get("cache-control")).toBe("public, max-age=60, must-revalidate");
    await using older = await open(day);
    const first = maxAgeOf(await older.get(titles));
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    const later = await older.get(titles);
    expect(later.headers.get("age")).toBe("2");
    expect(maxAgeOf(later)).toBe(first - 2);
  });

  test("is nothing where a subgraph has no objective, none was asked, the caller insists, or it is a POST", async () => {
    await using opened = await open(day);
    const { gateway, get } = opened;
    const insisting = { query: titles, extensions: { maxStalenessMs: 5_000 } };
    for (const question of ["{ rumours }", "{ books { id rumour } }", "{ __typename }", insisting])
      for (let turn = 0; turn < 2; turn++)
        expect(told(await get(question))).toMatchObject({ cacheControl: "private, no-cache" });
    for (let turn = 0; turn < 2; turn++)
      expect(told(await gateway.ask(titles))).toMatchObject({ cacheControl: "private, no-cache" });
  });

  test("is the caller's alone where a header says who he is", async () => {
    await using opened = await open(day);
    const { get } = opened;
    for (let turn = 0; turn < 2; turn++) {
      const { headers } = await get(titles, { headers: { authorization: "alice" } });
      expect(headers.get("cache-control")).toMatch(/^private, max-age=/);
    }
  });
});

test("an answer varies by every header that is sent on", async () => {
  await using shelf = await openShelf();
  await using gateway = await remembering(shelf, {
    visibility: { forwardHeaders: ["x-tenant", "origin", "cookie"] },
  });
  const { headers } = await getQuestion(gateway.url, titles);
  expect(headers.get("vary")).toBe("accept, accept-encoding, origin, sec-fetch-site, x-tenant, cookie");
});

test("an answer that is too large to be sent has no tag", async () => {
  await using shelf = await openShelf();
  await using gateway = await remembering(shelf, { server: { answerBytesMax: 100 } });
  for (let turn = 0; turn < 2; turn++) {
    const answer = await getQuestion(gateway.url, many);
    expect(told(answer)).toMatchObject({ cacheControl: "no-store", etag: null });
    expect(answer.text).toContain("ANSWER_MAX");
  }
});
