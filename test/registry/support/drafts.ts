// Drafts of revisions, as those who publish make them.
import type { Registry, Revision, RevisionDraft } from "../../../schema/registry/registry.ts";

export const signal = new AbortController().signal;
export const options = { signal };

export const urlOf = (name: string) => `http://127.0.0.1:4001/${name}`;

/** Publishes `name` at `version` on top of what the variant has. */
export function draftOf(
  head: Revision | undefined,
  name: string,
  version: string,
  overrides: Partial<RevisionDraft> & { readonly sdl?: string } = {},
): RevisionDraft {
  const { sdl = `type Query { ${name}: String } # ${version}`, ...rest } = overrides;
  return {
    variant: "current",
    at: "2026-01-02T03:04:05.678Z",
    by: "Ada <ada@example.org>",
    action: { kind: "published", name, version },
    products: { ...head?.products, [name]: { version, url: urlOf(name) } },
    after: head?.number ?? 0,
    adds: { name, version, sdl },
    ...rest,
  };
}

export async function publish(
  registry: Registry,
  name: string,
  version: string,
  overrides: Parameters<typeof draftOf>[3] = {},
): Promise<Revision> {
  const head = await registry.head(overrides.variant ?? "current", options);
  return registry.append(draftOf(head, name, version, overrides), options);
}
