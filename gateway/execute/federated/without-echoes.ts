// For subgraphs that complete entities and can't repeat their keys, which nobody but the gateway asked for.
import { type ASTNode, parse, print, stripIgnoredCharacters, visit } from "graphql";
import type { SubgraphError } from "../../fetch/open-subgraphs.ts";
import type { Fetch } from "../../plan/fetch-tree.ts";
import type { Step } from "./schedule.ts";

/** Did a key that the gateway added fail? */
export function isAboutEchoes(errors: readonly SubgraphError[], { parts }: Step): boolean {
  const added = new Set(parts.flatMap(({ fetch }) => addedNames(fetch)));
  return errors.some(({ path }) => Array.isArray(path) && path.some((name) => added.has(name)));
}

/** The same step, its entities joined by their position. */
export function withoutEchoes(step: Step): Step {
  return { ...step, parts: step.parts.map((part) => ({ ...part, fetch: stripped(part.fetch) })) };
}

function stripped(fetch: Fetch): Fetch {
  const added = new Set(addedNames(fetch));
  if (!fetch.entities || added.size === 0) return fetch;
  const document = visit(parse(fetch.selection) as ASTNode, {
    Field: ({ alias, name }) => (added.has(alias?.value ?? name.value) ? null : undefined),
    InlineFragment: {
      leave: ({ selectionSet }) => (selectionSet.selections.length === 0 ? null : undefined),
    },
  });
  const selection = stripIgnoredCharacters(print(document));
  return { ...fetch, selection, entities: { ...fetch.entities, echoes: [] } };
}

/** First response names of keys that were not asked for anyway. */
function addedNames({ entities, receives }: Fetch): readonly string[] {
  const asked = new Set(receives.map(({ name }) => name));
  const names = (entities?.echoes ?? []).flatMap(({ leaves }) => leaves.map(({ answered }) => answered[0]));
  return names.filter((name): name is string => name !== undefined && !asked.has(name));
}
