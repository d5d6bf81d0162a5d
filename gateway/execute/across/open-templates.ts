// Templates are planned by federation and compiled once: their text depends on the shape of a question alone.
import { LRUCache } from "lru-cache";
import type { Federated } from "../../plan/plan.ts";
import { compileObjects } from "../federated/compile-federated.ts";
import type { Runtime } from "../runtime.ts";
import type { PreparedTemplate, Templates } from "./across-runtime.ts";

/** How federation would fetch the only operation of a text. @throws federating.* */
export type PlanFetches = (text: string) => Promise<Pick<Federated, "tree" | "aliases">>;

/** Several who need one template at once wait for the same. One that failed is planned again. */
export function openTemplates(
  { planFetches, runtime }: { readonly planFetches: PlanFetches; readonly runtime: Runtime },
  { templatesMax }: { readonly templatesMax: number },
): Templates {
  const prepared = new LRUCache<string, Promise<PreparedTemplate>>({ max: templatesMax });
  return (operation) => {
    const { text } = operation;
    const known = prepared.get(text);
    if (known) return known;
    const preparing = planFetches(text).then(({ tree, aliases }) => {
      return { objects: compileObjects({ kind: "federated", operation, tree, aliases }, runtime), aliases };
    });
    prepared.set(text, preparing);
    preparing.catch(() => prepared.delete(text));
    return preparing;
  };
}
