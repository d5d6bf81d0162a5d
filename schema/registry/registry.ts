// The registry: every published version of every product, and what each variant of the mesh is made of.

/** One version of a product's port. Once published it never changes. */
export type ProductVersion = {
  /** Name of the subgraph. */
  readonly name: string;
  /** Semantic version, such as `1.4.0`. */
  readonly version: string;
  readonly sdl: string;
  /** The Open Data Contract Standard document, as YAML; left out = it has none. */
  readonly contract?: string;
};

/** A product as one variant has it. */
export type Placed = { readonly version: string; readonly url: string };

export type RevisionAction =
  | { readonly kind: "published"; readonly name: string; readonly version: string }
  | { readonly kind: "retired"; readonly name: string }
  /** What the mesh was made of at revision `to`. */
  | { readonly kind: "rolled back"; readonly to: number };

/** What a variant was made of from some moment on. Revisions are only added. */
export type Revision = {
  readonly variant: string;
  /** 1 for the first; each next one is one more. */
  readonly number: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly by: string;
  readonly action: RevisionAction;
  /** By name of the subgraph. */
  readonly products: Readonly<Record<string, Placed>>;
};

export type RevisionDraft = Omit<Revision, "number"> & {
  /** The revision that it was made from; 0 = there was none. */
  readonly after: number;
  /** Written first, so that no revision names a version that is not there. */
  readonly adds?: ProductVersion;
};

type Options = { readonly signal: AbortSignal };

/** Two keep it: a folder of files, and PostgreSQL. Each of its functions may throw registering.REGISTRY_UNREACHABLE. */
export type Registry = AsyncDisposable & {
  /** Where it is, for messages; without credentials. */
  readonly place: string;
  /** Number of the newest revision, readable or not; 0 = none. Cheap: asked again and again. */
  readonly newest: (variant: string, options: Options) => Promise<number>;
  /** @throws registering.REVISION_BROKEN where it is not there, or is not what a registry writes */
  readonly revision: (variant: string, number: number, options: Options) => Promise<Revision>;
  /** The newest; undefined where nothing was published in the variant. @throws as `revision` */
  readonly head: (variant: string, options: Options) => Promise<Revision | undefined>;
  /** The newest first; one that is not readable is left out. */
  readonly history: (
    variant: string,
    options: Options & { readonly limit: number },
  ) => Promise<readonly Revision[]>;
  /** @throws registering.VERSION_BROKEN where its files are not what was published */
  readonly version: (name: string, version: string, options: Options) => Promise<ProductVersion | undefined>;
  /** All that were published of a product, the highest first. */
  readonly versions: (name: string, options: Options) => Promise<readonly string[]>;
  /**
   * Adds the revision after `draft.after`, wholly or not at all, and of two at once only one.
   * @throws registering.REGISTRY_MOVED where there is a newer one,
   * registering.VERSION_TAKEN where `adds` differs from what has its number
   */
  readonly append: (draft: RevisionDraft, options: Options) => Promise<Revision>;
};
