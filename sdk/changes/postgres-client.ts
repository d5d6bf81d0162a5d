// How the change feed connects to PostgreSQL, and leaves it.
import { setTimeout as delay } from "node:timers/promises";
import { sql } from "kysely";
import type pg from "pg";
import { writeSql } from "../sql/write-sql.ts";
import type { ChangesConnection } from "./changes-connection.ts";

/** A session that is silent for so long is lost. */
const answerMs = 15_000;

/** How a session is opened: in the schema alone, and so that the server too notices when this side is gone. */
export function clientConfig({ url, schema = "public" }: ChangesConnection): pg.ClientConfig {
  const path = `${writeSql(sql`${sql.id(schema)}`).sql},pg_temp`;
  const settings = {
    search_path: path,
    timezone: "UTC",
    tcp_keepalives_idle: "10",
    tcp_keepalives_interval: "5",
    tcp_keepalives_count: "3",
  };
  return {
    connectionString: url,
    application_name: "weft changes",
    connectionTimeoutMillis: 5_000,
    query_timeout: answerMs,
    keepAlive: true,
    options: Object.entries(settings)
      .map(([name, value]) => `-c ${name}=${value.replaceAll(/[\s\\]/g, "\\$&")}`)
      .join(" "),
  };
}

/** A server that is gone does not answer the goodbye: it is not waited for. */
export async function closeClient(client: pg.Client): Promise<void> {
  const waiting = new AbortController();
  const tooLong = delay(1_000, undefined, { signal: waiting.signal }).catch(() => {});
  await Promise.race([client.end().catch(() => {}), tooLong]);
  waiting.abort();
}
