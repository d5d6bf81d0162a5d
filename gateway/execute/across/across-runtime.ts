// What questions across domains stand on, beside what every question does.
import type { CollectionField } from "../../plan/collection-fields.ts";
import type { Rule } from "../../plan/rule.ts";
import type { PermittedOperation } from "../../policy/permit.ts";
import type { Objects } from "../federated/compile-federated.ts";
import type { Running } from "../operator.ts";
import type { Asks, RowsRuntime } from "../rows/rows-runtime.ts";
import type { Runtime } from "../runtime.ts";

export type AcrossRuntime = Runtime &
  RowsRuntime & {
    readonly limits: {
      /** Most requests that one question may be divided into. */
      readonly requestsMax: number;
      /** Most bytes that may be answered to one question, in all. */
      readonly receivedBytesMax: number;
    };
    /** By `type.field`. */
    readonly fields: ReadonlyMap<string, CollectionField>;
    readonly rules: readonly Rule[];
    readonly templates: Templates;
  };

/** A template as federation plans it. @throws federating.* */
export type Templates = (operation: PermittedOperation) => Promise<PreparedTemplate>;

export type PreparedTemplate = {
  readonly objects: Objects;
  /** By the signature of a field, the response name that its data is fetched under instead of its own. */
  readonly aliases: Readonly<Record<string, string>>;
};

/** One request while its fields are answered. */
export type Answering = { readonly asks: Asks; readonly runtime: AcrossRuntime; readonly running: Running };
