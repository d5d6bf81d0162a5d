// Reads what is asked from a request that leaves nothing to be said about its form.
import type { FastifyRequest } from "fastify";
import { jsonType } from "../../http/media-type.ts";
import { isObject } from "../../schema/product/is-object.ts";

type Fields = Readonly<Record<string, unknown>>;

export type PlainQuestion = {
  readonly text: string;
  readonly name: string | undefined;
  readonly variables: Fields;
  /** What it demands of the answer; names that nobody knows are ignored. */
  readonly extensions: Fields;
};

/**
 * The question of a POST whose body is `{ query?, operationName?, variables?, extensions? }`, or of a GET with these as
 * parameters; undefined for everything else, right or wrong, which Apollo Server reads.
 *
 * @param known - the text that goes by a hash, which may stand in its place
 */
export function readQuestion(
  request: FastifyRequest,
  known: (hash: string) => string | undefined,
): PlainQuestion | undefined {
  const fields = readFields(request);
  if (!fields) return undefined;
  const { operationName, variables, extensions } = fields;
  const extended = extensions ?? {};
  if (!isObject(extended)) return undefined;
  const text = textOf(fields.query, extended.persistedQuery, known);
  if (text === undefined) return undefined;
  if (operationName !== undefined && operationName !== null && typeof operationName !== "string")
    return undefined;
  if (variables !== undefined && variables !== null && !isObject(variables)) return undefined;
  return { text, name: operationName || undefined, variables: variables ?? {}, extensions: extended };
}

/** The text of a document in a request of any form, as it is written there. */
export function readText(request: FastifyRequest): string | undefined {
  if (request.method === "GET") return parametersOf(request).get("query") ?? undefined;
  const { body } = request;
  return isObject(body) && typeof body.query === "string" ? body.query : undefined;
}

function textOf(
  query: unknown,
  persisted: unknown,
  known: (hash: string) => string | undefined,
): string | undefined {
  const given = typeof query === "string" ? query : undefined;
  if (persisted === undefined || persisted === null) return given;
  if (!isObject(persisted) || persisted.version !== 1 || typeof persisted.sha256Hash !== "string")
    return undefined;
  const text = known(persisted.sha256Hash);
  return given === undefined || given === text ? text : undefined;
}

function readFields(request: FastifyRequest): Fields | undefined {
  const { method, body } = request;
  if (method === "POST") return isObject(body) ? body : undefined;
  const mediaType = request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase() ?? jsonType;
  return method === "GET" && mediaType === jsonType ? readParameters(parametersOf(request)) : undefined;
}

const parameterNames = ["query", "operationName", "variables", "extensions"] as const;

/** Each parameter once at most; `variables` and `extensions` are JSON objects. */
function readParameters(parameters: URLSearchParams): Fields | undefined {
  const fields: Record<string, unknown> = {};
  for (const name of parameterNames) {
    const [value, ...more] = parameters.getAll(name);
    if (value === undefined) continue;
    const isJson = name === "variables" || name === "extensions";
    fields[name] = isJson ? parseObject(value) : value;
    if (more.length > 0 || fields[name] === undefined) return undefined;
  }
  return fields;
}

function parseObject(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** As Apollo Server reads them. */
function parametersOf({ url }: FastifyRequest): URLSearchParams {
  const [target = ""] = url.split("#");
  const begins = target.indexOf("?");
  return new URLSearchParams(begins < 0 ? "" : target.slice(begins));
}
