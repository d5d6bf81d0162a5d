// What the registry holds for one variant of the mesh, as the gateway takes it: whole revisions, remembered on disk.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { Fault } from "../../schema/product/fault.ts";
import type { PinnedAddresses } from "../../schema/registry/pinned-addresses.ts";
import { registering } from "../../schema/registry/registering-faults.ts";
import type { Registry, Revision } from "../../schema/registry/registry.ts";
import { writeWhole } from "../write-whole.ts";

const published = z.object({
  number: z.int().positive(),
  products: z.array(
    z.object({ name: z.string(), version: z.string(), url: z.string(), sdl: z.string() }).readonly(),
  ),
});

/** A revision with the schemas of its products. */
export type PublishedRevision = {
  readonly number: number;
  readonly products: readonly PublishedProduct[];
};

export type PublishedProduct = {
  readonly name: string;
  readonly version: string;
  readonly url: string;
  readonly sdl: string;
};

/** Revisions that are looked through where the newest cannot be served. */
const olderMax = 20;

export const nothingPublished: PublishedRevision = { number: 0, products: [] };

export type PublishedProducts = {
  /**
   * The newest revision; undefined where it is `known`. Before anything is published it is `nothingPublished`. The addresses
   * of products that are new in it are pinned.
   * @throws registering.REGISTRY_BEHIND where it is older than `served`, REVISION_BROKEN, VERSION_BROKEN,
   * VERSION_MAX, REGISTRY_UNREACHABLE, addressing.URL_REFUSED
   */
  readonly load: (
    held: { readonly known: PublishedRevision; readonly served: number },
    options: { readonly signal: AbortSignal },
  ) => Promise<PublishedRevision | undefined>;
  /** The newest before `below` whose parts can all be read, of the last few; undefined where there is none. */
  readonly older: (
    below: number,
    options: { readonly signal: AbortSignal },
  ) => Promise<PublishedRevision | undefined>;
  /** The one that was served last, in an earlier run too; undefined where none can be read or it may not be asked any more. */
  readonly recall: () => Promise<PublishedRevision | undefined>;
  readonly keep: (revision: PublishedRevision) => Promise<void>;
};

export function openPublishedProducts(
  { registry, pins }: { readonly registry: Registry; readonly pins: PinnedAddresses },
  {
    variant,
    directory,
    sdlBytesMax,
  }: { readonly variant: string; readonly directory: string; readonly sdlBytesMax: number },
): PublishedProducts {
  const file = join(directory, "revision.json");
  /** What an earlier run remembered may be that of another registry: it is read once by this one. */
  let readNumber: number | undefined;

  const pinAll = async (revision: PublishedRevision, known: PublishedRevision): Promise<void> => {
    const before = new Map(known.products.map((product) => [product.name, product]));
    const pinning = revision.products.map(({ name, version, url }) => {
      const its = before.get(name);
      return pins.pin(url, { anew: its?.version !== version || its.url !== url });
    });
    await Promise.all(pinning);
  };

  const read = async (
    { number, products }: Revision,
    known: PublishedRevision,
    options: { readonly signal: AbortSignal },
  ): Promise<PublishedRevision> => {
    const sdlOf = async (name: string, version: string): Promise<string> => {
      const before = known.products.find((each) => each.name === name && each.version === version);
      const its = before ?? (await registry.version(name, version, options));
      if (!its) throw registering.VERSION_BROKEN({ name, version, problem: "it is not there" });
      if (Buffer.byteLength(its.sdl) > sdlBytesMax)
        throw registering.VERSION_MAX({ name, version, sdlBytesMax });
      return its.sdl;
    };
    const placed = await Promise.all(
      Object.entries(products).map(async ([name, { version, url }]) => ({
        name,
        version,
        url,
        sdl: await sdlOf(name, version),
      })),
    );
    const revision = { number, products: placed.sort((one, other) => (one.name < other.name ? -1 : 1)) };
    await pinAll(revision, known);
    return revision;
  };

  const load: PublishedProducts["load"] = async ({ known, served }, options) => {
    const number = await registry.newest(variant, options);
    if (number < served) throw registering.REGISTRY_BEHIND({ variant, newest: number, served });
    if (number === 0) return known === nothingPublished ? undefined : nothingPublished;
    if (number === known.number && number === readNumber) return undefined;
    const before = readNumber === undefined ? nothingPublished : known;
    const revision = await read(await registry.revision(variant, number, options), before, options);
    readNumber = number;
    return JSON.stringify(revision) === JSON.stringify(known) ? undefined : revision;
  };
  /** A registry that is not done in time says so too. */
  const asFault = (failure: Error): never => {
    if (failure instanceof Fault) throw failure;
    throw registering.REGISTRY_UNREACHABLE({ place: registry.place, problem: failure.message }, failure);
  };

  return {
    load: (held, options) => load(held, options).catch(asFault),
    older: async (below, options) => {
      const history = await registry.history(variant, { ...options, limit: olderMax });
      for (const revision of history.filter(({ number }) => number < below)) {
        const whole = await read(revision, nothingPublished, options).catch(() => undefined);
        if (whole) return whole;
      }
      return undefined;
    },
    recall: async () => {
      try {
        const revision = published.parse(JSON.parse(await readFile(file, "utf8")));
        await pinAll(revision, nothingPublished);
        return revision;
      } catch {
        return undefined;
      }
    },
    keep: (revision) => writeWhole(file, JSON.stringify(revision)),
  };
}
