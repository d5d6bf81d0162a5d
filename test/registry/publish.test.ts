// Publishing, rolling back and retiring: what is done, what is refused and why, and what everybody sees afterwards.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openFolder } from "../../cli/product/open-folder.ts";
import { type PublishQuestion, publishProduct } from "../../cli/publish/publish-product.ts";
import { readHistory } from "../../cli/publish/read-history.ts";
import { type RetireQuestion, retireProduct } from "../../cli/publish/retire-product.ts";
import { type RollbackQuestion, rollBack } from "../../cli/publish/roll-back.ts";
import { openFolderRegistry } from "../../schema/registry/folder-registry.ts";
import { deadUrl } from "../gateway/support/http-server.ts";
import { options, signal } from "./support/drafts.ts";
import { type MeshOnDisk, meshOnDisk, type ProductOf, sdlOf } from "./support/product-folder.ts";

const now = () => new Date("2026-03-04T05:06:07.000Z");
const asked = { by: "Ada", dryRun: false, signal };

async function publish(
  mesh: MeshOnDisk,
  name: string,
  product: ProductOf = {},
  overrides: Partial<PublishQuestion> = {},
) {
  const folder = await mesh.product(name, product);
  return publishProduct({ now }, folder, {
    ...{ file: mesh.meshFile, allowBreaking: false },
    ...asked,
    ...overrides,
  });
}

const retire = (mesh: MeshOnDisk, name: string, overrides: Partial<RetireQuestion> = {}) =>
  retireProduct({ now }, { ...asked, name, file: mesh.meshFile, force: false, ...overrides });

const rollback = (mesh: MeshOnDisk, overrides: Partial<RollbackQuestion> = {}) =>
  rollBack({ now }, { ...asked, file: mesh.meshFile, ...overrides });

const heldBy = async (mesh: MeshOnDisk, variant?: string) => {
  const { revisions } = await readHistory({ file: mesh.meshFile, variant, limit: 100, signal });
  return Object.entries(revisions[0]?.products ?? {}).map(([name, { version }]) => `${name} ${version}`);
};

const errors = ({ findings }: { findings: readonly { severity: string; code: string }[] }) =>
  findings.flatMap(({ severity, code }) => (severity === "error" ? [code] : []));

/** Orders without the entity: what another product may stand beside. */
const invoices = 'type Query { "One." invoice: String }';
const referring = `type Query { "One." bill: Bill }
"A bill."
type Bill { "Of." order: Order }
"An order."
type Order @key(fields: "id") { "Its number." id: ID! "What it comes to." total: Int @federation__external "Taxed." taxed: Int @federation__requires(fields: "total") }`;

describe("a product", () => {
  it("is published, and is the mesh of its variant from then on", async () => {
    await using mesh = await meshOnDisk();
    const publication = await publish(mesh, "orders");
    expect(publication).toMatchObject({
      outcome: "published",
      name: "orders",
      version: "1.0.0",
      variant: "current",
      revision: 1,
      changes: [],
      remarks: [],
    });
    const { revisions } = await readHistory({ file: mesh.meshFile, limit: 10, signal });
    expect(revisions).toEqual([
      {
        variant: "current",
        number: 1,
        at: "2026-03-04T05:06:07.000Z",
        by: "Ada",
        action: { kind: "published", name: "orders", version: "1.0.0" },
        products: { orders: { version: "1.0.0", url: "http://127.0.0.1:4001/orders" } },
      },
    ]);
    const registry = openFolderRegistry({}, mesh.registryFolder);
    expect((await registry.version("orders", "1.0.0", options))?.sdl).toBe(sdlOf("orders"));
  });

  it("is published once: the same again changes nothing", async () => {
    await using mesh = await meshOnDisk();
    await publish(mesh, "orders");
    expect(await publish(mesh, "orders")).toMatchObject({ outcome: "unchanged", revision: 1 });
  });

  it("has the version that weft.yaml says where its SDL says none", async () => {
    await using mesh = await meshOnDisk();
    const folder = await mesh.product("invoices", { types: invoices });
    expect(folder.version).toBe("0.0.0");
    const settings = { name: "invoices", url: folder.url, sdl: "schema.graphql", version: "1.4.0" };
    await writeFile(join(folder.folder, "weft.yaml"), JSON.stringify(settings));
    expect((await openFolder(folder.folder)).version).toBe("1.4.0");
    await writeFile(join(folder.folder, "schema.graphql"), sdlOf("invoices"));
    expect((await openFolder(folder.folder)).version).toBe("1.0.0");
  });

  it("may move: the same version at another address is a revision", async () => {
    await using mesh = await meshOnDisk();
    await publish(mesh, "orders");
    const moved = await publish(mesh, "orders", { url: "http://127.0.0.1:4002/orders" });
    expect(moved).toMatchObject({ outcome: "published", revision: 2, before: { version: "1.0.0" } });
  });

  it("is published in one variant, and others do not notice", async () => {
    await using mesh = await meshOnDisk({ registry: { folder: "registry", variants: ["current", "next"] } });
    await publish(mesh, "orders");
    await publish(mesh, "orders", { version: "2.0.0" }, { variant: "next" });
    expect(await heldBy(mesh, "current")).toEqual(["orders 1.0.0"]);
    expect(await heldBy(mesh, "next")).toEqual(["orders 2.0.0"]);
  });

  it("is checked, and nothing is changed, where it is only tried", async () => {
    await using mesh = await meshOnDisk();
    expect(await publish(mesh, "orders", {}, { dryRun: true })).toMatchObject({
      outcome: "would be published",
      revision: 0,
    });
    expect(await heldBy(mesh)).toEqual([]);
  });
});

describe("publishing is refused", () => {
  it("where the version is there with another content, which says which version to take", async () => {
    await using mesh = await meshOnDisk();
    await publish(mesh, "orders", { version: "1.2.0" });
    const types = `type Query { "One order." order: Order }
"An order."
type Order @key(fields: "id") PRODUCT { "Its number." id: ID! "What it comes to." total: Int "When." at: String }`;
    const refused = await publish(mesh, "orders", { version: "1.2.0", types });
    expect(refused).toMatchObject({ outcome: "refused", revision: 1 });
    expect(errors(refused)).toEqual(["VERSION_TAKEN"]);
    expect(refused.findings[0]?.fix).toMatch(/^Make it 1\.3\.0,/);
    const less = types.replace('"What it comes to." total: Int', "");
    const worse = await publish(mesh, "orders", { version: "1.2.0", types: less });
    expect(worse.findings[0]?.fix).toMatch(/^Make it 2\.0\.0,/);
    expect(await heldBy(mesh)).toEqual(["orders 1.2.0"]);
  });

  it("where another variant has the version with another content", async () => {
    await using mesh = await meshOnDisk({ registry: { folder: "registry", variants: ["current", "next"] } });
    await publish(mesh, "orders", { types: invoices });
    const refused = await publish(mesh, "orders", { version: "0.0.0" }, { variant: "next" });
    expect(errors(refused)).toEqual(["VERSION_TAKEN"]);
  });

  it("where the SDL cannot be read, with its place", async () => {
    await using mesh = await meshOnDisk();
    await mesh.product("orders");
    const folder = join(mesh.path, "products/orders");
    await writeFile(join(folder, "schema.graphql"), "type Query {\n  order: \n}");
    const question = { ...asked, file: mesh.meshFile, allowBreaking: false };
    const refused = await publishProduct({ now }, await openFolder(folder, { anySdl: true }), question);
    expect(refused.outcome).toBe("refused");
    expect(refused.findings[0]?.place).toMatchObject({ subgraph: "orders", line: 3 });
  });

  it("where the whole does not compose, with all that is wrong", async () => {
    await using mesh = await meshOnDisk();
    await publish(mesh, "orders");
    const refused = await publish(mesh, "invoices", {
      types: 'type Query { "One." order: Int "Another." invoice: Nowhere }',
    });
    expect(refused.outcome).toBe("refused");
    expect(errors(refused).length).toBeGreaterThan(0);
    expect(await heldBy(mesh)).toEqual(["orders 1.0.0"]);
  });

  it("where it would break those who ask, and done where that is allowed", async () => {
    await using mesh = await meshOnDisk();
    await publish(mesh, "orders");
    const types = `type Query { "One order." order: Order }
"An order."
type Order @key(fields: "id") PRODUCT { "Its number." id: ID! }`;
    const product = { version: "2.0.0", types };
    const refused = await publish(mesh, "orders", product);
    expect(refused).toMatchObject({ outcome: "breaking", revision: 1 });
    expect(refused.changes).toMatchObject([
      { coordinate: "Order.total", verdict: "breaking", use: "unknown" },
    ]);
    expect(refused.remarks).toEqual(["Who uses it is not known: the mesh has no admin listener."]);
    const allowed = await publish(mesh, "orders", product, { allowBreaking: true });
    expect(allowed).toMatchObject({ outcome: "published", revision: 2 });
  });

  it("not where nobody used what is gone", async () => {
    await using mesh = await meshOnDisk();
    await publish(mesh, "orders");
    const use = join(mesh.path, "use.json");
    const operation = {
      client: "ops",
      operation: { name: "Q", hash: "ab" },
      coordinates: ["Order.id", "Query.order"],
      firstSeen: "2026-01-01T00:00:00Z",
      lastSeen: "2026-03-04T00:00:00Z",
      count: 3,
    };
    await writeFile(
      use,
      JSON.stringify({ since: "2026-01-01T00:00:00Z", forgotten: 0, operations: [operation] }),
    );
    const types = `type Query { "One order." order: Order }
"An order."
type Order @key(fields: "id") PRODUCT { "Its number." id: ID! }`;
    const publication = await publish(mesh, "orders", { version: "2.0.0", types }, { use });
    expect(publication).toMatchObject({ outcome: "published", changes: [{ use: "unused" }] });
  });

  it("where the name is that of a configured subgraph", async () => {
    await using mesh = await meshOnDisk({
      subgraphs: [{ name: "orders", url: await deadUrl(), sdl: "orders.graphql" }],
    });
    await writeFile(join(mesh.path, "orders.graphql"), sdlOf("orders"));
    await expect(publish(mesh, "orders")).rejects.toMatchObject({ code: "NAME_CONFIGURED" });
  });

  it.each([
    ["leads to a cloud's credentials", "http://169.254.169.254/latest", /metadata/],
    ["does so in another notation", "http://0xA9FEA9FE/latest", /metadata/],
    ["holds credentials", "http://ada:secret@127.0.0.1:4001/graphql", /credentials/],
    ["leads to a link-local address", "http://169.254.1.1/", /linkLocal/],
  ])("where the URL %s", async (_, url, says) => {
    await using mesh = await meshOnDisk();
    const fault = await publish(mesh, "orders", { url }).catch((failure) => failure);
    expect(fault).toMatchObject({ code: "URL_REFUSED" });
    expect(fault.message).toMatch(says);
    expect(fault.message).not.toContain("secret");
    expect(await heldBy(mesh)).toEqual([]);
  });

  it("where the schema is larger than the mesh takes", async () => {
    await using mesh = await meshOnDisk({ schema: { sdlBytesMax: 1_000 } });
    await expect(publish(mesh, "orders")).rejects.toMatchObject({ code: "VERSION_MAX" });
  });

  it("where the mesh has no registry, or no such variant", async () => {
    await using mesh = await meshOnDisk({ registry: undefined, subgraphs: [] });
    await writeFile(
      mesh.meshFile,
      JSON.stringify({ subgraphs: [{ name: "a", url: "http://127.0.0.1:1/", sdl: "a.graphql" }] }),
    );
    await writeFile(join(mesh.path, "a.graphql"), "type Query { a: Int }");
    await expect(publish(mesh, "orders")).rejects.toMatchObject({ code: "NO_REGISTRY" });
    await using other = await meshOnDisk();
    await expect(publish(other, "orders", {}, { variant: "nxt" })).rejects.toMatchObject({
      code: "VARIANT_UNKNOWN",
    });
  });
});

describe("a host that is not known here", () => {
  it("is remarked: the gateway may know it", async () => {
    await using mesh = await meshOnDisk();
    const folder = await mesh.product("orders", { url: "http://orders.internal/graphql" });
    const resolve = async () => Promise.reject(new Error("ENOTFOUND"));
    const question = { ...asked, file: mesh.meshFile, allowBreaking: false };
    const publication = await publishProduct({ now, resolve }, folder, question);
    expect(publication.outcome).toBe("published");
    expect(publication.remarks).toEqual([
      "The host of http://orders.internal/graphql is not known here: the gateway will look for it.",
    ]);
  });
});

describe("a subgraph that is down", () => {
  const down = async () => ({ name: "flights", url: await deadUrl() });

  it("is checked with what the gateway last knew of it", async () => {
    await using mesh = await meshOnDisk({
      subgraphs: [await down()],
      schema: { stateDirectory: "state" },
    });
    await mkdir(join(mesh.path, "state"));
    const flights = 'type Query { "One." flight: String }';
    await writeFile(join(mesh.path, "state", "sdls.json"), JSON.stringify({ sdls: { flights } }));
    const publication = await publish(mesh, "orders");
    expect(publication.outcome).toBe("published");
    expect(publication.remarks).toEqual([
      "flights does not answer: it was checked with what the gateway last knew of it.",
    ]);
  });

  it("keeps anything from being published where nothing is known of it", async () => {
    await using mesh = await meshOnDisk({ subgraphs: [await down()] });
    await expect(publish(mesh, "orders")).rejects.toMatchObject({ code: "SUBGRAPHS_UNKNOWN" });
  });
});

describe("several who publish at once", () => {
  it("all get in, one after the other, each checked with those before", async () => {
    await using mesh = await meshOnDisk();
    const names = ["a", "b", "c"];
    const done = await Promise.all(
      names.map((name) => publish(mesh, name, { types: `type Query { "One." ${name}: Int }` })),
    );
    expect(done.map(({ outcome }) => outcome)).toEqual(["published", "published", "published"]);
    expect(done.map(({ revision }) => revision).sort()).toEqual([1, 2, 3]);
    expect(await heldBy(mesh)).toEqual(["a 0.0.0", "b 0.0.0", "c 0.0.0"]);
  });

  it("cannot publish what does not compose together", async () => {
    await using mesh = await meshOnDisk();
    const clashing = ["Int", "String"].map((type, i) =>
      publish(mesh, `p${i}`, { types: `type Query { "One." same: ${type} @shareable }` }),
    );
    const outcomes = (await Promise.all(clashing)).map(({ outcome }) => outcome).sort();
    expect(outcomes).toEqual(["published", "refused"]);
  });
});

describe("a rollback", () => {
  const versions = async (mesh: MeshOnDisk) => {
    await publish(mesh, "orders");
    await publish(mesh, "invoices", { types: invoices });
    await publish(mesh, "orders", { version: "1.0.1" });
  };

  it("undoes the last revision by a new one, and the one before it where it is done again", async () => {
    await using mesh = await meshOnDisk();
    await versions(mesh);
    expect(await rollback(mesh)).toMatchObject({
      outcome: "rolled back",
      to: 2,
      revision: 4,
      differences: [{ name: "orders", before: { version: "1.0.1" }, after: { version: "1.0.0" } }],
    });
    expect(await heldBy(mesh)).toEqual(["invoices 0.0.0", "orders 1.0.0"]);
    expect(await rollback(mesh)).toMatchObject({ outcome: "rolled back", to: 1, revision: 5 });
    expect(await heldBy(mesh)).toEqual(["orders 1.0.0"]);
    expect(await rollback(mesh, { to: 3 })).toMatchObject({ outcome: "rolled back", to: 3, revision: 6 });
    expect(await heldBy(mesh)).toEqual(["invoices 0.0.0", "orders 1.0.1"]);
  });

  it("to what is there changes nothing, nor does one that is only tried", async () => {
    await using mesh = await meshOnDisk();
    await versions(mesh);
    expect(await rollback(mesh, { to: 3 })).toMatchObject({ outcome: "unchanged", revision: 3 });
    expect(await rollback(mesh, { dryRun: true })).toMatchObject({ outcome: "would be rolled back" });
    expect(await heldBy(mesh)).toEqual(["invoices 0.0.0", "orders 1.0.1"]);
  });

  it.each([4, -1, 99])("to revision %i, which is not there, is refused", async (to) => {
    await using mesh = await meshOnDisk();
    await versions(mesh);
    await expect(rollback(mesh, { to })).rejects.toMatchObject({ code: "NO_SUCH_REVISION" });
  });

  it("is refused where nothing was ever published, and where nothing would be left", async () => {
    await using mesh = await meshOnDisk();
    await expect(rollback(mesh)).rejects.toMatchObject({ code: "NO_SUCH_REVISION" });
    await publish(mesh, "orders");
    const refused = await rollback(mesh);
    expect(refused).toMatchObject({ outcome: "refused", to: 0 });
    expect(errors(refused)).toEqual(["NOTHING_LEFT"]);
  });

  it("is refused where the mesh has changed so that it does not compose any more", async () => {
    await using mesh = await meshOnDisk();
    await publish(mesh, "orders");
    const types = `type Query { "One." purchase: Order }
"An order."
type Order @key(fields: "id") PRODUCT { "Its number." id: ID! "What it comes to." total: Int }`;
    await publish(mesh, "orders", { version: "2.0.0", types }, { allowBreaking: true });
    await writeFile(join(mesh.path, "a.graphql"), "type Query { order: Boolean }");
    await writeFile(
      mesh.meshFile,
      JSON.stringify({
        registry: { folder: "registry" },
        admin: { enabled: false },
        subgraphs: [{ name: "a", url: "http://127.0.0.1:1/", sdl: "a.graphql" }],
      }),
    );
    const refused = await rollback(mesh, { to: 1 });
    expect(refused.outcome).toBe("refused");
    expect(errors(refused).length).toBeGreaterThan(0);
    expect(await heldBy(mesh)).toEqual(["orders 2.0.0"]);
  });

  it("leads out of a newest revision that cannot be read", async () => {
    await using mesh = await meshOnDisk();
    await versions(mesh);
    await writeFile(join(mesh.registryFolder, "variants/current/000004.json"), "{");
    expect(await rollback(mesh)).toMatchObject({ outcome: "rolled back", to: 3, revision: 5 });
    expect(await heldBy(mesh)).toEqual(["invoices 0.0.0", "orders 1.0.1"]);
  });
});

describe("publishing over a newest revision that cannot be read", () => {
  it("goes on from the one before it, and remarks it", async () => {
    await using mesh = await meshOnDisk();
    await publish(mesh, "orders");
    await writeFile(join(mesh.registryFolder, "variants/current/000002.json"), "{");
    const publication = await publish(mesh, "invoices", { types: invoices });
    expect(publication).toMatchObject({ outcome: "published", revision: 3 });
    expect(publication.remarks).toEqual(["Revision 2 of current cannot be read: the next is made from 1."]);
    expect(await heldBy(mesh)).toEqual(["invoices 0.0.0", "orders 1.0.0"]);
  });
});

describe("retiring", () => {
  it("takes a product out, and keeps its versions", async () => {
    await using mesh = await meshOnDisk();
    await publish(mesh, "orders");
    await publish(mesh, "invoices", { types: invoices });
    expect(await retire(mesh, "orders")).toMatchObject({
      outcome: "retired",
      revision: 3,
      before: { version: "1.0.0" },
      useUnknown: "the mesh has no admin listener",
    });
    expect(await heldBy(mesh)).toEqual(["invoices 0.0.0"]);
    const text = await readFile(join(mesh.registryFolder, "products/orders/1.0.0/schema.graphql"), "utf8");
    expect(text).toBe(sdlOf("orders"));
  });

  it("is refused where others need it, whether forced or not", async () => {
    await using mesh = await meshOnDisk();
    await publish(mesh, "orders");
    expect(await publish(mesh, "bills", { types: referring })).toMatchObject({ outcome: "published" });
    for (const force of [false, true]) {
      const refused = await retire(mesh, "orders", { force });
      expect(refused.outcome).toBe("refused");
      expect(errors(refused).length).toBeGreaterThan(0);
    }
    expect(await heldBy(mesh)).toEqual(["bills 0.0.0", "orders 1.0.0"]);
  });

  it("is refused where it is all that there is", async () => {
    await using mesh = await meshOnDisk();
    await publish(mesh, "orders");
    expect(errors(await retire(mesh, "orders"))).toEqual(["NOTHING_LEFT"]);
  });

  it("is refused where clients ask for what it alone has, and done where that is forced", async () => {
    await using mesh = await meshOnDisk();
    await publish(mesh, "orders");
    await publish(mesh, "invoices", { types: invoices });
    const use = join(mesh.path, "use.json");
    const seen = { firstSeen: "2026-01-01T00:00:00Z", lastSeen: "2026-03-04T00:00:00Z", count: 3 };
    const operations = [
      {
        client: "ops",
        operation: { name: "Q", hash: "ab" },
        coordinates: ["Query.order", "Order.id"],
        ...seen,
      },
      { client: "bi", operation: { name: "R", hash: "cd" }, coordinates: ["Query.invoice"], ...seen },
    ];
    await writeFile(use, JSON.stringify({ since: "2026-01-01T00:00:00Z", forgotten: 0, operations }));
    const refused = await retire(mesh, "orders", { use });
    expect(refused).toMatchObject({ outcome: "used", hits: [{ client: "ops" }] });
    expect(refused.hits).toHaveLength(1);
    expect(await heldBy(mesh)).toEqual(["invoices 0.0.0", "orders 1.0.0"]);
    expect(await retire(mesh, "orders", { use, force: true })).toMatchObject({ outcome: "retired" });
  });

  it("of what is not published says what is", async () => {
    await using mesh = await meshOnDisk();
    await publish(mesh, "invoices", { types: invoices });
    await expect(retire(mesh, "orders")).rejects.toMatchObject({
      code: "NOT_PUBLISHED",
      extensions: { published: ["invoices"] },
    });
  });
});

describe("somebody else who publishes meanwhile", () => {
  /** A clock that is read just before a revision is appended: `times` times, somebody is faster. */
  const raced = (mesh: MeshOnDisk, times: number) => {
    let left = times;
    return () => {
      const folder = join(mesh.registryFolder, "variants/current");
      const newest = readdirSync(folder).length;
      const adding = left-- > 0;
      const revision = { ...readRevision(folder, newest), number: newest + 1 };
      if (adding) writeFileSync(join(folder, fileOf(newest + 1)), JSON.stringify(revision));
      return now();
    };
  };
  const fileOf = (number: number) => `${String(number).padStart(6, "0")}.json`;
  const readRevision = (folder: string, number: number) =>
    JSON.parse(readFileSync(join(folder, fileOf(number)), "utf8"));
  const question = (mesh: MeshOnDisk) => ({ ...asked, file: mesh.meshFile, to: 1 });

  it("only makes it be checked again", async () => {
    await using mesh = await meshOnDisk();
    await publish(mesh, "orders");
    await publish(mesh, "orders", { version: "1.0.1" });
    const done = await rollBack({ now: raced(mesh, 3) }, question(mesh));
    expect(done).toMatchObject({ outcome: "rolled back", revision: 6 });
  });

  it("again and again makes it be given up, with a word that says so", async () => {
    await using mesh = await meshOnDisk();
    await publish(mesh, "orders");
    await publish(mesh, "orders", { version: "1.0.1" });
    const done = rollBack({ now: raced(mesh, 100) }, question(mesh));
    await expect(done).rejects.toMatchObject({ code: "KEPT_MOVING" });
    expect(await heldBy(mesh)).toEqual(["orders 1.0.1"]);
  });
});
