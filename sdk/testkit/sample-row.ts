// A row that the kit learned from the port.
import type { ScalarValue } from "../../schema/product/scalar.ts";

export type SampleRow = {
  readonly key: readonly ScalarValue[];
  /** By the names of columns. All parts of a null reference are null. */
  readonly values: Readonly<Record<string, ScalarValue | null>>;
  /** References whose target is this port's own and not there: what they are worth is the port's to choose. */
  readonly dangling: readonly string[];
};
