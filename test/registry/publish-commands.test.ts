// `weft publish`, `history`, `rollback` and `retire` as processes: what they print, and an exit status for each end.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { weftProcess } from "../setup/weft-process.ts";
import { type MeshOnDisk, meshOnDisk } from "./support/product-folder.ts";

async function weft({ path }: MeshOnDisk, ...args: readonly string[]) {
  await using child = weftProcess(args, { cwd: path });
  const { code } = await child.ended;
  return { code, output: child.output.join("\n"), errors: child.errors.join("\n") };
}

const invoices = 'type Query { "One." invoice: String }';

/** Each command is a process. */
const takesMs = 120_000;

describe("the commands", { timeout: takesMs }, () => {
  it("publish, tell, undo and retire", async () => {
    await using mesh = await meshOnDisk();
    await mesh.product("orders");
    await mesh.product("invoices", { types: invoices });
    expect(await weft(mesh, "history")).toMatchObject({
      code: 0,
      output: "Nothing is published in current.",
    });
    const tried = await weft(mesh, "publish", "products/orders", "--dry-run");
    expect(tried).toMatchObject({ code: 0, errors: "" });
    expect(tried.output).toMatch(/would be published at .* in current\. Nothing was changed\.$/);
    const first = await weft(mesh, "publish", "products/orders", "--by", "Ada");
    expect(first.output).toMatch(
      /Published orders 1\.0\.0 at http:\/\/127\.0\.0\.1:4001\/orders in current: revision 1\.$/,
    );
    await mesh.product("orders", { version: "1.0.1" });
    const second = await weft(mesh, "publish", "products/orders", "--json", "--by", "Ada");
    expect(JSON.parse(second.output)).toMatchObject({
      outcome: "published",
      revision: 2,
      before: { version: "1.0.0" },
    });
    await weft(mesh, "publish", "products/invoices", "--by", "Bo");
    const history = await weft(mesh, "history");
    expect(history.output.replace(/\d{4}-\d\d-\d\d \d\d:\d\d/g, "TIME")).toBe(
      [
        "3  TIME  published invoices 0.0.0  Bo",
        "2  TIME  published orders 1.0.1  Ada",
        "1  TIME  published orders 1.0.0  Ada",
        "",
        "current is made of:",
        "  invoices  0.0.0  http://127.0.0.1:4001/invoices",
        "  orders    1.0.1  http://127.0.0.1:4001/orders",
      ].join("\n"),
    );
    const inFolder = await weft({ ...mesh, path: join(mesh.path, "products", "orders") }, "history");
    expect(inFolder.output, "the mesh that weft.yaml names").toBe(history.output);
    const back = await weft(mesh, "rollback", "--by", "Ada");
    expect(back).toMatchObject({
      code: 0,
      output: "  - invoices 0.0.0\ncurrent is what it was at revision 2: revision 4.",
    });
    expect(await weft(mesh, "rollback", "--to", "3", "--json")).toMatchObject({ code: 0 });
    const retired = await weft(mesh, "retire", "invoices", "--by", "Ada");
    expect(retired).toMatchObject({ code: 0 });
    expect(retired.output).toMatch(/Retired invoices 0\.0\.0 from current: revision 6\.$/);
    const { revisions } = JSON.parse((await weft(mesh, "history", "--limit", "2", "--json")).output);
    expect(
      revisions.map(({ number, action }: { number: number; action: object }) => [number, action]),
    ).toEqual([
      [6, { kind: "retired", name: "invoices" }],
      [5, { kind: "rolled back", to: 3 }],
    ]);
  });

  it("end with 2, and all that is wrong, where a check finds it", async () => {
    await using mesh = await meshOnDisk();
    await mesh.product("orders");
    await weft(mesh, "publish", "products/orders");
    await mesh.product("invoices", { types: 'type Query { "One." order: Int }' });
    const refused = await weft(mesh, "publish", "products/invoices");
    expect(refused.code).toBe(2);
    expect(refused.output).toMatch(/^error \w+ products\/invoices\/schema\.graphql:\d+:\d+/);
    expect(refused.output).toMatch(/^ {2}orders:\d+:\d+$/m); // the other definition
    expect(refused.output).toMatch(/invoices 0\.0\.0 was not published: \d+ errors?\.$/);
    expect(refused.errors).toBe("");
    const alone = await weft(mesh, "retire", "orders");
    expect(alone.code).toBe(2);
    expect(alone.output).toMatch(/NOTHING_LEFT/);
  });

  it.each<[string, readonly string[], RegExp]>([
    ["there is no such folder", ["publish", "products/nowhere"], /^FOLDER_INVALID: /],
    ["there is no such mesh", ["history", "--mesh", "nowhere.yaml"], /^CONFIG_UNREADABLE: .*nowhere\.yaml/],
    ["there is no such variant", ["history", "--variant", "nxt"], /^VARIANT_UNKNOWN: .*it has current/],
    ["there is no such product", ["retire", "orders"], /^NOT_PUBLISHED: /],
    ["there is no such revision", ["rollback", "--to", "9"], /^NO_SUCH_REVISION: /],
    ["a number is none", ["rollback", "--to", "last"], /^ARGUMENT_INVALID: --to last/],
    ["a limit is none", ["history", "--limit", "0"], /^ARGUMENT_INVALID: --limit 0/],
  ])("end with 1, a code and no stack where %s", async (_, args, says) => {
    await using mesh = await meshOnDisk();
    const { code, errors, output } = await weft(mesh, ...args);
    expect(errors).toMatch(says);
    expect({ code, output }).toEqual({ code: 1, output: "" });
    expect(errors).not.toMatch(/^\s+at /m);
  });

  it("end with 1 where the mesh has no registry", async () => {
    await using mesh = await meshOnDisk();
    await writeFile(
      mesh.meshFile,
      JSON.stringify({ subgraphs: [{ name: "a", url: "http://127.0.0.1:1/", sdl: join(mesh.path, "a") }] }),
    );
    const { code, errors } = await weft(mesh, "history");
    expect(errors).toMatch(/^NO_REGISTRY: .*mesh\.yaml names no registry/);
    expect(code).toBe(1);
  });

  it("take the mesh that the environment says, rather than the folder's", async () => {
    await using mesh = await meshOnDisk();
    await using other = await meshOnDisk();
    const { folder } = await mesh.product("orders");
    await using child = weftProcess(["publish", folder], { env: { WEFT_MESH: other.meshFile } });
    expect((await child.ended).code).toBe(0);
    expect((await weft(other, "history")).output).toMatch(/published orders 1\.0\.0/);
    expect((await weft(mesh, "history")).output).toMatch(/Nothing is published/);
  });

  it.each([
    "publish",
    "rollback",
    "retire",
    "history",
  ])("%s --help has examples and exit statuses", async (verb) => {
    await using mesh = await meshOnDisk();
    const { code, output } = await weft(mesh, verb, "--help");
    expect(code).toBe(0);
    expect(output).toMatch(new RegExp(`weft ${verb}`));
    expect(output).toMatch(/Exit status: 0 /);
  });
});
