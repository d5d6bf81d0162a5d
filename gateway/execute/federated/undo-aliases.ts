// Errors at response names that planning made, told at those that the caller wrote.
import { GraphQLError } from "graphql";
import { responseNameOf } from "../../plan/field-signature.ts";

/**
 * A field under a made name is fetched of all objects at a place, also of those that the caller asks another field of
 * under that name: an error of what nobody asked for is dropped, which is one where the answer has a value.
 */
export function compileUndoAliases(
  aliases: Readonly<Record<string, string>>,
): (errors: readonly GraphQLError[], data: Buffer) => readonly GraphQLError[] {
  const written = new Map<unknown, string>(
    Object.entries(aliases).map(([signature, name]) => [name, responseNameOf(signature)]),
  );
  if (written.size === 0) return (errors) => errors;
  return (errors, text) => {
    if (errors.length === 0) return errors;
    const data: unknown = JSON.parse(text.toString());
    return errors.flatMap((error) => {
      const { message, originalError, extensions } = error;
      if (!error.path?.some((step) => written.has(step))) return [error];
      const path = error.path.map((step) => written.get(step) ?? step);
      const found = path.reduce<unknown>((value, key) => (value as never)?.[key], data) ?? null;
      return found === null ? [new GraphQLError(message, { path, originalError, extensions })] : [];
    });
  };
}
