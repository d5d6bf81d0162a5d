// A port of the museum on the engine of the test's project: PostgreSQL where one is provided, DuckDB elsewhere.
import { inject } from "vitest";
import { postgres } from "weft/sdk";
import { type AskedPort, askedPort } from "./asking.ts";
import { type MuseumOptions, museum, museumTables } from "./museum.ts";
import { postgresSchema } from "./postgres-schema.ts";

export async function museumPort(options: MuseumOptions = {}): Promise<AskedPort> {
  const url = inject("postgresUrl") as string | undefined;
  return url === undefined ? askedPort(museum(options)) : museumOnPostgres(url, options);
}

export async function museumOnPostgres(url: string, options: MuseumOptions = {}): Promise<AskedPort> {
  const schema = await postgresSchema(url, options.tables ?? museumTables);
  const port = await askedPort(museum({ ...options, engine: postgres({ url, schema: schema.name }) }));
  return {
    ...port,
    [Symbol.asyncDispose]: async () => {
      await port[Symbol.asyncDispose]();
      await schema[Symbol.asyncDispose]();
    },
  };
}
