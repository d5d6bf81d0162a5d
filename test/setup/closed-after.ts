// Closes what tests opened, after each of them or after all: what was opened last first.

export type Keep = <T extends AsyncDisposable>(one: T) => T;

/** @param hook - `afterEach` or `afterAll`: what the returned function is given is closed there */
export function closedAfter(hook: (close: () => Promise<void>) => void): Keep {
  const open: AsyncDisposable[] = [];
  hook(async () => {
    for (const one of open.splice(0).reverse()) await one[Symbol.asyncDispose]();
  });
  return (one) => {
    open.push(one);
    return one;
  };
}
