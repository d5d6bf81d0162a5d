// What the fields of a question are planned with.
import type { PermittedOperation } from "../policy/permit.ts";
import type { CollectionField } from "./collection-fields.ts";
import type { Facts } from "./facts.ts";
import type { Reading } from "./read-asked.ts";
import type { Rule } from "./rule.ts";

export type Planning = {
  readonly facts: Facts;
  /** By `type.field`. */
  readonly fields: ReadonlyMap<string, CollectionField>;
  readonly rules: readonly Rule[];
  readonly operation: PermittedOperation;
  readonly reading: Reading;
  /** Name of the operation's root type. */
  readonly root: string;
};
