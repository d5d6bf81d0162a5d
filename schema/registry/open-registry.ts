// Opens the registry of a mesh: the folder or the PostgreSQL that its configuration names.
import { openFolderRegistry } from "./folder-registry.ts";
import type { Registry } from "./registry.ts";

/** One of them is given. */
export type RegistryPlace = { readonly folder?: string | undefined; readonly postgres?: string | undefined };

/** Nothing is looked at yet. PostgreSQL's driver is loaded where it is asked for. */
export async function openRegistry({ folder, postgres }: RegistryPlace): Promise<Registry> {
  if (folder !== undefined) return openFolderRegistry({}, folder);
  const { openPostgresRegistry } = await import("./postgres-registry.ts");
  return openPostgresRegistry(postgres as string);
}
