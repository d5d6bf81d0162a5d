// Names the operation to run. The editor learns of a changed text a moment late, and may still name one that is gone.
import { Kind, parse } from "graphql";

const operationNames = (query: string): readonly (string | undefined)[] => {
  try {
    const { definitions } = parse(query, { noLocation: true });
    return definitions.flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION ? [definition.name?.value] : [],
    );
  } catch {
    return []; // Not GraphQL: the gateway says what is wrong with it.
  }
};

/** `chosen`, as long as `query` defines it; else the only operation of `query`, or none for the gateway to ask back. */
export const chosenOperation = (query: string, chosen: string | null | undefined): string | undefined => {
  const names = operationNames(query);
  if (chosen != null && names.includes(chosen)) return chosen;
  return names.length === 1 ? names[0] : undefined;
};
