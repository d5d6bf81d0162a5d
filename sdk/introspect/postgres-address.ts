// Reads `postgres://…/database/schema.table`: which server, which database, which table.
import { introspecting } from "./introspecting-faults.ts";

export type PostgresAddress = {
  /** As the driver takes it, with the password and without the table. */
  readonly url: string;
  /** The same without the password: fit to be shown and written. */
  readonly shown: string;
  readonly schema: string;
  /** Undefined where the address names none. */
  readonly table: string | undefined;
};

export function isPostgresUrl(text: string): boolean {
  return /^postgres(ql)?:\/\//.test(text);
}

/**
 * The table is the path's last part, or its last two, or `?table=`; its schema is "public" where none is named.
 * @throws introspecting.SOURCE_UNKNOWN
 */
export function readPostgresAddress(text: string): PostgresAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // What cannot be read is not repeated: there may be a password in it.
  if (!url) throw introspecting.SOURCE_UNKNOWN({ source: "postgres://…" });
  const [database = "", ...path] = url.pathname.split("/").slice(1).map(decodeURIComponent);
  const named = (url.searchParams.get("table") ?? path.filter((part) => part !== "").join(".")) || undefined;
  url.searchParams.delete("table");
  url.pathname = `/${encodeURIComponent(database)}`;
  const dot = named?.indexOf(".") ?? -1;
  const full = url.href;
  url.password = "";
  if (url.searchParams.has("password")) url.searchParams.delete("password");
  return {
    url: full,
    shown: url.href,
    schema: dot > 0 ? (named as string).slice(0, dot) : "public",
    table: named?.slice(dot + 1),
  };
}
