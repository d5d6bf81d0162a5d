// What questions across domains stand on, for one supergraph: its mesh, the templates and counts that are remembered.
import { strict as assert } from "node:assert";
import { LRUCache } from "lru-cache";
import type { Config } from "../config.ts";
import type { AcrossRuntime } from "../execute/across/across-runtime.ts";
import { openTemplates } from "../execute/across/open-templates.ts";
import type { Runtime } from "../execute/runtime.ts";
import type { Supergraph } from "../federation/supergraph.ts";
import { collectionFields } from "../plan/collection-fields.ts";
import { factsOf } from "../plan/facts.ts";
import type { Rule } from "../plan/rule.ts";
import { rules as allRules } from "../plan/rules.ts";

/** Without `rules`, all of them are applied. */
export function openAcross(
  runtime: Runtime,
  {
    supergraph,
    rules = allRules,
  }: {
    readonly supergraph: Pick<Supergraph, "plan" | "mesh">;
    readonly rules?: readonly Rule[] | undefined;
  },
  options: Config["operation"],
): AcrossRuntime {
  const facts = factsOf(supergraph.mesh);
  const planFetches = async (text: string) => {
    const planned = await supergraph.plan({ text, operationName: undefined });
    assert(
      planned.kind === "planned",
      `a template is valid on the composed schema: ${JSON.stringify(planned)}`,
    );
    return planned;
  };
  return {
    ...runtime,
    limits: { ...options, ...runtime.limits },
    facts,
    fields: collectionFields(facts),
    rules,
    templates: openTemplates({ planFetches, runtime }, options),
    cardinalities: new LRUCache<string, number>({ max: options.countsMax, ttl: options.countsKeptMs }),
  };
}
