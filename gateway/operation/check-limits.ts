// Refuses a document that would cost too much to validate, plan or answer, before any of that is begun.
import type { DocumentNode } from "graphql";
import { countOverlaps } from "./count-overlaps.ts";
import type { Measure } from "./measure.ts";
import { type DocumentMeasure, measureDocument } from "./measure-document.ts";
import { operating } from "./operation-faults.ts";
import type { DocumentLimits } from "./operation-limits.ts";

/**
 * Looks at each node once, and once more at each selection after expansion, of which there are `selectionsMax` at most. What
 * is wrong with a document otherwise (unknown fragments, two fragments of one name) is left to validation.
 * @throws operating.NESTING_MAX, NAME_MAX, FRAGMENT_CYCLE, OPERATIONS_MAX, FRAGMENTS_MAX, VARIABLES_MAX, DIRECTIVES_MAX,
 *   DEPTH_MAX, ALIASES_MAX, SELECTIONS_MAX, INTROSPECTION_DEPTH_MAX, INTROSPECTION_FIELDS_MAX, OVERLAPS_MAX,
 *   ROOT_FIELDS_MAX: the first of these that it goes past
 */
export function checkLimits(document: DocumentNode, limits: DocumentLimits): void {
  const measure = measureDocument(document, limits);
  checkAsWritten(measure, limits);
  checkExpanded(measure, limits);
  const { overlapsMax, rootFieldsMax } = limits;
  const { overlaps, rootFields } = countOverlaps(document, overlapsMax);
  if (overlaps > overlapsMax) throw operating.OVERLAPS_MAX({ overlapsMax });
  if (rootFields > rootFieldsMax) throw operating.ROOT_FIELDS_MAX({ rootFieldsMax, rootFields });
}

function checkAsWritten(measure: DocumentMeasure, limits: DocumentLimits): void {
  const { operationsMax, fragmentsMax, variablesMax, directivesMax } = limits;
  const { operations, fragments, variables, directives } = measure;
  if (operations > operationsMax) throw operating.OPERATIONS_MAX({ operationsMax, operations });
  if (fragments > fragmentsMax) throw operating.FRAGMENTS_MAX({ fragmentsMax, fragments });
  if (variables > variablesMax) throw operating.VARIABLES_MAX({ variablesMax, variables });
  if (directives > directivesMax) throw operating.DIRECTIVES_MAX({ directivesMax, directives });
}

function checkExpanded(measure: Measure, limits: DocumentLimits): void {
  const { nestingMax, depthMax, aliasesMax, selectionsMax } = limits;
  const { nesting, depth, aliases, selections } = measure;
  if (nesting > nestingMax) throw operating.NESTING_MAX({ nestingMax });
  if (depth > depthMax) throw operating.DEPTH_MAX({ depthMax, depth });
  if (aliases > aliasesMax) throw operating.ALIASES_MAX({ aliasesMax, aliases });
  if (selections > selectionsMax) throw operating.SELECTIONS_MAX({ selectionsMax, selections });

  const { introspectionDepthMax, introspectionFieldsMax } = limits;
  const { introspectionDepth, introspectionFields } = measure;
  if (introspectionDepth > introspectionDepthMax)
    throw operating.INTROSPECTION_DEPTH_MAX({ introspectionDepthMax, introspectionDepth });
  if (introspectionFields > introspectionFieldsMax)
    throw operating.INTROSPECTION_FIELDS_MAX({ introspectionFieldsMax, introspectionFields });
}
