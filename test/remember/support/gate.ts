// A gate that answers pass: while it is shut they wait.

export type Gate = {
  /** Resolves when the gate is open; at once where it is. */
  readonly passed: () => Promise<void> | undefined;
  /** Shuts it until the returned function is called. */
  readonly hold: () => () => void;
};

export function openGate(): Gate {
  let held: Promise<void> | undefined;
  return {
    passed: () => held,
    hold: () => {
      let release = () => {};
      held = new Promise((resolve) => {
        release = resolve;
      });
      return () => {
        release();
        held = undefined;
      };
    },
  };
}
