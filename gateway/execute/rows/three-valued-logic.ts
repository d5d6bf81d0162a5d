// AND, OR and NOT in three values, as SQL has them.
import type { Truth } from "./evaluate-test.ts";

/** FALSE as soon as one is, else UNKNOWN where one is. */
export function compileAnd<Row>(all: readonly ((row: Row) => Truth)[]): (row: Row) => Truth {
  return (row) => {
    let truth: Truth = true;
    for (const holds of all) {
      const each = holds(row);
      if (each === false) return false;
      if (each === undefined) truth = undefined;
    }
    return truth;
  };
}

/** TRUE as soon as one is, else UNKNOWN where one is. */
export function compileOr<Row>(any: readonly ((row: Row) => Truth)[]): (row: Row) => Truth {
  return (row) => {
    let truth: Truth = false;
    for (const holds of any) {
      const each = holds(row);
      if (each === true) return true;
      if (each === undefined) truth = undefined;
    }
    return truth;
  };
}

export function compileNot<Row>(holds: (row: Row) => Truth): (row: Row) => Truth {
  return (row) => {
    const truth = holds(row);
    return truth === undefined ? undefined : !truth;
  };
}
