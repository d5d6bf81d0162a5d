// `weft init`: a folder of a product, made of a table, that runs and passes its tests at once.
import { relative } from "node:path";
import { defineCommand } from "citty";
import { askTerminal } from "./init/ask.ts";
import { initProduct } from "./init/init-product.ts";
import { initReport, initText } from "./init/report.ts";

export const initCommand = defineCommand({
  meta: {
    name: "init",
    description: `Make a data product of a table: a folder that runs and passes its own tests.

  weft init lounges --from lounges.csv                                  asks what it cannot know
  weft init lounges --from lounges.csv --mesh mesh.yaml --yes           asks nothing; refers to the entities of the mesh
  weft init orders --from postgres://app@db/shop/sales.orders --yes --json
  weft init trips --from trips.parquet --key vehicle,started --copy

Nothing is written to the source. A password in the address is not written anywhere: give it as PRODUCT_DATABASE_URL
when the product runs.

Exit status: 0 made, 1 not made, and nothing written.

`,
  },
  args: {
    name: {
      type: "positional",
      required: true,
      description: "Name of the product and its subgraph.",
      valueHint: "NAME",
    },
    from: {
      type: "string",
      required: true,
      description: "postgres://user@host/database/schema.table, file.csv or file.parquet.",
      valueHint: "SOURCE",
    },
    out: { type: "string", description: "Folder to make. Default ./NAME.", valueHint: "DIR" },
    key: { type: "string", description: "Columns that tell the rows apart.", valueHint: "A,B" },
    entity: { type: "string", description: "Name of the entity, such as Flight.", valueHint: "NAME" },
    collection: { type: "string", description: "Name of the list, such as flights.", valueHint: "NAME" },
    domain: { type: "string", description: "Domain. Default NAME.", valueHint: "TEXT" },
    owner: { type: "string", description: "Owner. Default git's user.name.", valueHint: "TEXT" },
    contact: { type: "string", description: "Contact. Default git's user.email.", valueHint: "TEXT" },
    slo: { type: "string", description: "How old an answer may be. Default PT1H.", valueHint: "DURATION" },
    mesh: {
      type: "string",
      description: "Configuration of the mesh to refer to. Default WEFT_MESH.",
      valueHint: "FILE",
    },
    gateway: { type: "string", description: "Its gateway instead.", valueHint: "URL" },
    copy: { type: "boolean", description: "Copy the file into the folder." },
    yes: { type: "boolean", description: "Ask nothing: take what is likeliest." },
    json: { type: "boolean", description: "Print what was made as JSON." },
  },
  run: async ({ args }) => {
    const { name, from, out, mesh = process.env.WEFT_MESH || undefined, gateway, copy } = args;
    const { key, entity, collection, domain, owner, contact, slo } = args;
    const asks = !args.yes && !args.json && process.stdin.isTTY && process.stdout.isTTY;
    const startedMs = performance.now();
    const made = await initProduct(
      {
        name,
        from,
        out,
        mesh,
        gateway,
        copy,
        flags: { key, entity, collection, domain, owner, contact, slo },
        ask: asks ? askTerminal : undefined,
      },
      { signal: new AbortController().signal },
    );
    const report = initReport(made, performance.now() - startedMs);
    if (args.json) console.log(JSON.stringify(report, undefined, 2));
    else console.log(initText(report, relative(process.cwd(), made.folder) || "."));
  },
});
