// Kysely as a writer alone: queries become text with `$1`, `$2`, …, and the engines run it.
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
} from "kysely";

const writer = new Kysely<never>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** Both engines read PostgreSQL's grammar; what differs is in their dialects. */
export function writeSql(query: RawBuilder<unknown>): {
  readonly sql: string;
  readonly parameters: readonly unknown[];
} {
  const { sql, parameters } = query.compile(writer);
  return { sql, parameters };
}
