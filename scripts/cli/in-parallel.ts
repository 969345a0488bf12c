/**
 * Works on the items in their order, so many of them at once: as soon as one is done, the next begins. Each promise is
 * the result of the item at its place.
 */
export function inParallel<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  { lanes }: { lanes: number },
): Promise<Result>[] {
  let free = lanes;
  const waiting: (() => void)[] = [];
  const enter = async (): Promise<void> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return items.map((item) => {
    const result = enter()
      .then(() => work(item))
      .finally(leave);
    // Whoever waits for it gets the error; until then it is nobody's.
    result.catch(() => undefined);
    return result;
  });
}
