/** What widgets have added to the pages, until they are destroyed. */
export interface Registry<Item extends { readonly widget: string }> {
  readonly all: readonly Item[];
  add(item: Item): void;
  /** Forgets what a widget added. */
  release(widget: string): void;
  /** Calls whenever something was added or forgotten; the answer ends that. */
  watch(listener: () => void): () => void;
}

export function createRegistry<Item extends { readonly widget: string }>(): Registry<Item> {
  let items: readonly Item[] = [];
  const listeners = new Set<() => void>();
  const put = (next: readonly Item[]): void => {
    if (next.length === items.length) return;
    items = next;
    for (const listener of [...listeners]) listener();
  };
  return {
    get all() {
      return items;
    },
    add(item) {
      put([...items, item]);
    },
    release(widget) {
      put(items.filter((item) => item.widget !== widget));
    },
    watch(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
