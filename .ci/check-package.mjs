// Packs the package, installs it into an empty folder, and checks and runs a product written there in TypeScript,
// and one that `weft init` makes of a file.
import { strict as assert } from "node:assert";
import { execFileSync, spawn } from "node:child_process";
import { accessSync, constants, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const root = resolve(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "weft-package-"));
const run = (command, args, cwd) =>
  execFileSync(command, args, { cwd, stdio: ["ignore", "pipe", "inherit"] }).toString();

// `npx weft` in the checkout runs the build as it lies there.
accessSync(join(root, "dist", "cli", "main.js"), constants.X_OK);
const [{ filename }] = JSON.parse(
  run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], root),
);
writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "shop", private: true, type: "module" }));
run("npm", ["install", "--no-audit", "--no-fund", join(folder, filename)], folder);

mkdirSync(join(folder, "data"));
writeFileSync(join(folder, "data", "books.csv"), "isbn,title,price\n1,Dune,9.5\n2,Emma,7.25\n");
writeFileSync(
  join(folder, "books.ts"),
  `import { checkProduct, type Finding } from "weft/check";
import { defineProduct, duckdb, productSdl, serve, sql } from "weft/sdk";

const books = defineProduct({
  id: "books", version: "1.0.0", domain: "shop", owner: "The shop", contact: "shop@weft.example",
  freshness: { slo: "PT1H" },
  engine: duckdb({ load: [sql\`create table books as select * from read_csv(\${"data/books.csv"})\`] }),
  entities: {
    Book: {
      description: "A book on sale.", collection: "books", key: ["isbn"],
      columns: {
        isbn: { type: "BigInt!", description: "Number of the book." },
        title: { type: "String!", description: "Title." },
        price: { type: "Float", description: "Price in euro." },
      },
    },
  },
});

const mine = { name: "books", version: "1.0.0", url: "http://127.0.0.1:4100/graphql", sdl: productSdl(books) };
const { findings } = checkProduct({ mine, others: [], laws: { contract: "off" }, now: new Date() });
const errors: readonly Finding[] = findings.filter(({ severity }) => severity === "error");
if (errors.length > 0) throw new Error(JSON.stringify(errors));

await serve(books, { port: 0 });
`,
);

const tsc = join(root, "node_modules", ".bin", "tsc");
run(tsc, ["--strict", "--module", "nodenext", "--target", "es2023", "books.ts"], folder);
const product = spawn(process.execPath, ["books.js"], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
try {
  const url = await new Promise((found, lost) => {
    product.once("exit", (code) => lost(new Error(`the product ended with ${code}`)));
    createInterface({ input: product.stdout }).on("line", (line) => {
      const [address] = /http:\S+\/graphql/.exec(line) ?? [];
      if (address) found(address);
    });
  });
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: "{ books(where: { price: { _gt: 8 } }) { isbn title } }" }),
  });
  assert.deepEqual(await response.json(), { data: { books: [{ isbn: "1", title: "Dune" }] } });
} finally {
  product.kill();
}
const weft = join(folder, "node_modules", ".bin", "weft");
assert.match(run(weft, ["--help"], folder), /serve/);
const who = ["--owner", "The shop", "--contact", "shop@weft.example"];
run(weft, ["init", "shelf", "--from", "data/books.csv", "--yes", ...who], folder);
run("npm", ["test"], join(folder, "shelf"));
rmSync(folder, { recursive: true });
console.log(
  "The package installs into an empty folder, and a product written there runs; so does one that `weft init` makes.",
);
