import { availableParallelism } from 'node:os';

/** How many widgets are tried at once: while one waits for its page, another can work. */
const lanes = Math.min(6, availableParallelism() + 1);

/** Works on the items in their order, a few at once. Each promise is the result of the item at its place. */
export function inParallel<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result>[] {
  const results: Promise<Result>[] = [];
  for (const [index, item] of items.entries()) {
    const before =
      index < lanes
        ? Promise.resolve()
        : results[index - lanes]?.then(
            () => undefined,
            () => undefined,
          );
    results.push(Promise.resolve(before).then(() => work(item)));
    // Whoever waits for it gets the error; until then it is nobody's.
    results[index]?.catch(() => undefined);
  }
  return results;
}
