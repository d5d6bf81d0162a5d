// Work that no caller waits for: entries written, refreshes. Whoever closes the cache waits for it.

export type Background = {
  /** The work reports its own failures; it must not reject. */
  readonly add: (work: Promise<void>) => void;
  /** When all that was begun so far, and what that began, is done. */
  readonly idle: () => Promise<void>;
};

export function openBackground(): Background {
  const running = new Set<Promise<void>>();
  return {
    add: (work) => {
      running.add(work);
      void work.finally(() => running.delete(work));
    },
    idle: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
