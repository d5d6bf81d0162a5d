// Reads what is asked from a request that leaves nothing to be said about its form.
import type { FastifyRequest } from "fastify";
import { isObject } from "../../schema/product/is-object.ts";

type Fields = Readonly<Record<string, unknown>>;

export type PlainQuestion = {
  readonly text: string;
  readonly name: string | undefined;
  readonly variables: Fields;
  /** What it demands of the answer; all names are known. */
  readonly extensions: Fields;
};

const demands: ReadonlySet<string> = new Set(["explain", "freshness", "maxStalenessMs"]);

/**
 * The question of a POST whose body is `{ query, operationName?, variables?, extensions? }`; undefined for
 * everything else, right or wrong, which Apollo Server reads.
 */
export function readQuestion({ method, body }: FastifyRequest): PlainQuestion | undefined {
  if (method !== "POST" || !isObject(body)) return undefined;
  const { query, operationName, variables, extensions } = body;
  if (typeof query !== "string") return undefined;
  const extended = extensions ?? {};
  if (!isObject(extended) || !Object.keys(extended).every((key) => demands.has(key))) return undefined;
  if (operationName !== undefined && operationName !== null && typeof operationName !== "string")
    return undefined;
  if (variables !== undefined && variables !== null && !isObject(variables)) return undefined;
  return { text: query, name: operationName || undefined, variables: variables ?? {}, extensions: extended };
}

/** The text of a document in a request of any form, if there is one. */
export function readText({ body }: FastifyRequest): string | undefined {
  return isObject(body) && typeof body.query === "string" ? body.query : undefined;
}
