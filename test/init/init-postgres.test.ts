// The folder that `weft init` makes of a table in PostgreSQL: it answers, and no password is in it.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import pg from "pg";
import { expect, inject, it } from "vitest";
import { postgres, startPort } from "weft/sdk";
import { initProduct } from "../../cli/init/init-product.ts";
import { temporaryDirectory } from "../setup/temporary-directory.ts";

it("is of the table as it is, with the password left to the environment", async () => {
  const plain = inject("postgresUrl");
  const client = new pg.Client({ connectionString: plain });
  await client.connect();
  await client.query(`
    create schema shop;
    create table shop."Order Lines" ("Order" integer, line integer, total numeric(10, 2) not null, primary key ("Order", line));
    comment on table shop."Order Lines" is 'One line
      of an order.';
    insert into shop."Order Lines" values (1, 1, 9.50), (1, 2, 0.05)`);
  await using directory = await temporaryDirectory();
  const secret = new URL(plain);
  // The server trusts whoever asks from here: any password will do.
  if (secret.password === "") secret.password = "topsecret";
  const folder = join(directory.path, "lines");
  const made = await initProduct(
    {
      name: "order-lines",
      from: `${secret}/shop.Order%20Lines`,
      out: folder,
      flags: { owner: "o", contact: "c@weft.example" },
    },
    { signal: new AbortController().signal },
  );
  expect(made.draft.entities).toMatchObject({
    OrderLine: {
      description: "One line of an order.",
      collection: "orderLines",
      table: "Order Lines",
      key: ["order", "line"],
      columns: { order: { type: "Int!", column: "Order" }, total: { type: "Decimal!" } },
    },
  });
  for (const file of await readdir(folder))
    if (file !== "node_modules")
      expect(await readFile(join(folder, file), "utf8")).not.toContain(secret.password);
  const { product } = await import(pathToFileURL(join(folder, "product.js")).href);
  await using port = await startPort(product, { engine: postgres({ url: secret.href, schema: "shop" }) });
  const response = await fetch(`${port.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: "{ orderLines { order line total } }" }),
  });
  expect(await response.json()).toEqual({
    data: {
      orderLines: [
        { order: 1, line: 1, total: "9.5" },
        { order: 1, line: 2, total: "0.05" },
      ],
    },
  });
  await client.query("drop schema shop cascade");
  await client.end();
});
