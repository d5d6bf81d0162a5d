// What is wrong with a value where it stands in the answer.
import { GraphQLError } from "graphql";

export type AnswerPath = readonly (string | number)[];

export function nullForNonNull(path: AnswerPath, parentType: string): GraphQLError {
  return invalid(`Cannot return null for non-nullable ${described(path, parentType)}.`, path);
}

export function invalidValue(path: AnswerPath, parentType: string): GraphQLError {
  return invalid(`Invalid value found for ${described(path, parentType)}.`, path);
}

export function invalidTypename(path: AnswerPath, parentType: string): GraphQLError {
  return invalid(`Invalid __typename found for object at ${described(path, parentType)}.`, path);
}

function described(path: AnswerPath, parentType: string): string {
  const last = path.at(-1);
  return typeof last === "number" ? `array element at index ${last}` : `field ${parentType}.${String(last)}`;
}

function invalid(message: string, path: AnswerPath): GraphQLError {
  return new GraphQLError(message, { path, extensions: { code: "INVALID_GRAPHQL" } });
}
