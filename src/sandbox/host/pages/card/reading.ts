/**
 * Makes a reader that never runs twice at once: what is asked for meanwhile is read once more afterwards, and `shown`
 * hears of the last reading only.
 *
 * @param read Undefined ends it: there is nothing to show.
 * @param shown `all` when one of those who asked wanted it.
 */
export function createReading<Read>(
  read: () => Promise<Read | undefined>,
  shown: (result: Read, options: { readonly all: boolean }) => void,
): (options?: { all?: boolean }) => Promise<void> {
  let reading: Promise<void> | undefined;
  let isStale = false;
  let isAll = false;
  const run = async (): Promise<void> => {
    while (isStale) {
      isStale = false;
      const result = await read();
      if (result === undefined) return;
      // A change came in while it was read.
      if (!stale()) {
        shown(result, { all: isAll });
        isAll = false;
      }
    }
  };
  const stale = (): boolean => isStale;
  return ({ all = false } = {}) => {
    isStale = true;
    isAll ||= all;
    reading ??= run().finally(() => {
      reading = undefined;
    });
    return reading;
  };
}
