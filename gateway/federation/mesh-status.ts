// How each subgraph of a mesh is, and why the newest is not what is served.
import type { Fault } from "../../schema/product/fault.ts";
import type { PublishedProduct, PublishedRevision } from "./published-products.ts";

/** live: what it says now, or what is published of it, is served. last-known: an earlier SDL is. missing: nothing of it is. */
export type SubgraphStatus = "live" | "last-known" | "missing";

export type MeshStatus = {
  readonly subgraphs: readonly {
    readonly name: string;
    readonly status: SubgraphStatus;
    /** Where it is not live: the code of the fault, or NOT_LOOKED_AT_YET, NOT_COMPOSED_YET. */
    readonly reason?: string;
    /** Of one that is published. */
    readonly version?: string;
  }[];
  /** Where there is a registry: number of the revision that is served; 0 = none. */
  readonly revision?: number;
  /** Why the newest SDLs are not the ones that serve. */
  readonly problems: readonly string[];
};

/** A subgraph as it is composed. */
export type Part = { readonly name: string; readonly url: string; readonly sdl: string };

/** All that is known of a mesh that is followed. */
export type MeshFacts = {
  /** Names of the configured ones. */
  readonly given: readonly string[];
  /** What each of them said last. */
  readonly sdls: ReadonlyMap<string, string>;
  /** Of those that could not be asked: the code of the fault. */
  readonly reasons: ReadonlyMap<string, string>;
  readonly looked: ReadonlySet<string>;
  /** [] before the first supergraph. */
  readonly served: readonly Part[];
  /** Undefined where there is no registry. */
  readonly registry:
    | {
        readonly looked: boolean;
        readonly fault: Fault | undefined;
        /** The newest that could be read. */
        readonly revision: PublishedRevision;
        /** Number of the one that is served. */
        readonly served: number;
      }
    | undefined;
  /** Of the composition. */
  readonly problems: readonly string[];
};

/** The configured ones first. A name that is configured and published is the configured one. */
export function meshStatus({
  given,
  sdls,
  reasons,
  looked,
  served,
  registry,
  problems,
}: MeshFacts): MeshStatus {
  const partOf = (name: string) => served.find((part) => part.name === name);
  const statusOf = (name: string, reason: string | undefined) => {
    if (reason === undefined) return { name, status: "live" as const };
    return { name, status: partOf(name) ? ("last-known" as const) : ("missing" as const), reason };
  };
  const reasonNotLive = (name: string): string | undefined => {
    if (reasons.has(name)) return reasons.get(name);
    if (!looked.has(name)) return "NOT_LOOKED_AT_YET";
    return partOf(name)?.sdl === sdls.get(name) ? undefined : "NOT_COMPOSED_YET";
  };
  const configured = given.map((name) => statusOf(name, reasonNotLive(name)));
  if (!registry) return { subgraphs: configured, problems };

  const { fault, revision } = registry;
  const reasonNotPublished = ({ name, url, sdl }: PublishedProduct): string | undefined => {
    if (fault) return fault.code;
    if (!registry.looked) return "NOT_LOOKED_AT_YET";
    const part = partOf(name);
    return part?.sdl === sdl && part.url === url ? undefined : "NOT_COMPOSED_YET";
  };
  const shadowed = revision.products.filter(({ name }) => given.includes(name));
  const published = revision.products.filter(({ name }) => !given.includes(name));
  return {
    subgraphs: [
      ...configured,
      ...published.map((product) => ({
        ...statusOf(product.name, reasonNotPublished(product)),
        version: product.version,
      })),
    ],
    revision: registry.served,
    problems: [
      ...(fault ? [fault.message] : []),
      ...shadowed.map(
        ({ name }) => `${name} is published, and configured too: the configured one is served.`,
      ),
      ...problems,
    ],
  };
}
