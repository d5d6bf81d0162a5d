// Reading on after a problem, so that all problems are told at once.
import { Fault } from "../product/fault.ts";

/** What is read, or undefined where reading it is a fault. */
export type Attempt = <T>(read: () => T) => T | undefined;

/** An Attempt, and the faults it met so far. Bugs are no faults: they are thrown. */
export function attempts(): { readonly attempt: Attempt; readonly problems: readonly Fault[] } {
  const problems: Fault[] = [];
  return {
    problems,
    attempt: (read) => {
      try {
        return read();
      } catch (failure) {
        if (!(failure instanceof Fault)) throw failure;
        problems.push(failure);
        return undefined;
      }
    },
  };
}
