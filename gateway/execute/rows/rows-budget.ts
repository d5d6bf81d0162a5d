// The budget of rows: how many one node of a plan may bring of one collection.
import { executing } from "../executing-faults.ts";

export type RowsBudget = {
  /** @throws executing.COLLECTION_ROWS_MAX */
  readonly spend: (rows: number) => void;
  /** One more than may still come, so that going past it is seen. */
  readonly left: () => number;
};

export function openRowsBudget(collection: string, rowsMax: number): RowsBudget {
  let spent = 0;
  return {
    spend: (rows) => {
      spent += rows;
      if (spent > rowsMax) throw executing.COLLECTION_ROWS_MAX({ collection, rowsMax });
    },
    left: () => rowsMax + 1 - spent,
  };
}
