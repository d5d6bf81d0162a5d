// The console: static files, and the mesh's example questions. Each listener has a page of its own at `/`.
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { Kind, parse } from "graphql";

/** Everything comes from here; nothing is fetched from anywhere else. */
const contentSecurityPolicy =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; worker-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

export async function mountConsole(app: FastifyInstance, examples: string | undefined): Promise<void> {
  const questions = examples === undefined ? [] : await readExamples(examples);
  app.get("/console/examples.json", async () => questions);
  await servePage(app, "index.html");
}

/** The page of what is remembered, for the listener that answers `/admin/cache`. */
export async function mountCachePage(app: FastifyInstance): Promise<void> {
  await servePage(app, "cache.html");
}

const pages = ["index.html", "cache.html"] as const;

/** One page at `/`, and what the pages are made of; not the other page. */
async function servePage(app: FastifyInstance, page: (typeof pages)[number]): Promise<void> {
  await app.register(fastifyStatic, {
    root: fileURLToPath(new URL("../../console", import.meta.url)),
    wildcard: false,
    index: page,
    globIgnore: pages.filter((other) => other !== page),
    cacheControl: false, // it would take the place of ours
    setHeaders: (response, path) => {
      response.setHeader("content-security-policy", contentSecurityPolicy);
      response.setHeader("x-content-type-options", "nosniff");
      response.setHeader("referrer-policy", "no-referrer");
      const hashed = path.includes("/assets/");
      response.setHeader("cache-control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
}

export type Example = { readonly name: string; readonly query: string };

/** The questions of a folder in the order of their file names; each goes by its operation's name. */
export async function readExamples(directory: string): Promise<readonly Example[]> {
  const files = (await readdir(directory)).filter((file) => file.endsWith(".graphql")).sort();
  return Promise.all(
    files.map(async (file) => {
      const query = await readFile(join(directory, file), "utf8");
      return { name: operationName(file, query) ?? basename(file, ".graphql"), query };
    }),
  );
}

function operationName(file: string, query: string): string | undefined {
  try {
    const operation = parse(query).definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
    return operation?.name?.value;
  } catch (cause) {
    throw new Error(`${file}: ${(cause as Error).message}`, { cause });
  }
}
