// Where the gateway of a mesh answers, by its configuration.
import { access } from "node:fs/promises";
import type { Config } from "../../gateway/config.ts";
import { readConfig } from "../../gateway/read-config.ts";
import { variantOf } from "./variant-of.ts";

export type GatewayAddress = {
  /** GraphQL of the variant. */
  readonly graphql: string;
  /** The listener for operators; undefined where it has none. */
  readonly admin: string | undefined;
};

export type MeshNamed = {
  readonly file: string;
  /** Was it named, or is it only where one would be? */
  readonly named: boolean;
  /** Left out = the first. */
  readonly variant?: string | undefined;
};

/**
 * Undefined where nobody named a mesh and there is none.
 * @throws configuring.CONFIG_UNREADABLE, CONFIG_INVALID, meshing.VARIANT_UNKNOWN
 */
export async function gatewayOfMesh({
  file,
  named,
  variant,
}: MeshNamed): Promise<GatewayAddress | undefined> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (!named && !isThere) return undefined;
  return gatewayOf(await readConfig(file), variant);
}

/** @throws meshing.VARIANT_UNKNOWN */
export function gatewayOf(config: Config, variant: string | undefined): GatewayAddress {
  const { server, admin } = config;
  const { name, isFirst } = variantOf(config, variant);
  const route = isFirst ? "" : `/${name}`;
  return {
    graphql: `http://${hostOf(server.host)}:${process.env.WEFT_PORT || server.port}${route}/graphql`,
    admin: admin.enabled ? `http://${hostOf(admin.host)}:${admin.port}` : undefined,
  };
}

/** A listener at all addresses is asked at this machine's own. */
function hostOf(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
