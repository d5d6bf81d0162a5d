// Does things at once, but only so many.

/** The outcomes in the order of `items`. After a failure nothing further is begun. */
export async function inTurns<In, Out>(
  items: readonly In[],
  atOnceMax: number,
  doOne: (item: In) => Promise<Out>,
): Promise<readonly Out[]> {
  const outcomes: Out[] = [];
  let next = 0;
  const turn = async (): Promise<void> => {
    while (next < items.length) {
      const at = next++;
      try {
        outcomes[at] = await doOne(items[at] as In);
      } catch (failure) {
        next = items.length;
        throw failure;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnceMax, items.length) }, turn));
  return outcomes;
}
