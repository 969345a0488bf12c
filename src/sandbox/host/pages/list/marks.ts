import { announce } from '../../announce.js';
import { amdLoad } from '../../amd/amd.js';
import { $ } from '../../jquery.js';
import type { Host } from '../../host.js';
import type { ListRow } from './read.js';

/** Which rows are marked; what widgets read of it is kept in step. */
export interface Marks {
  readonly has: (id: number) => boolean;
  /** Marked rows that are on the screen. */
  readonly rows: readonly ListRow[];
  /** Marked rows, shown or not. */
  readonly ids: readonly number[];
  set(ids: readonly number[], isMarked: boolean): void;
  /** Other rows are shown: all that were read, and those of them that the search left. */
  show(all: readonly ListRow[], visible: readonly ListRow[]): void;
}

interface Model {
  set(attributes: Readonly<Record<string, unknown>>): void;
  get(attribute: string): unknown;
}
interface Collection {
  get(id: number): Model | undefined;
  set(models: readonly Readonly<Record<string, unknown>>[]): void;
}

/**
 * Keeps `APP.data.current_list`, a Backbone collection whose models have `id`, `name` and `checked`
 * (`platform/widget.md §3.5`), what `list_selected()` gives (`§3.2`), and triggers `list:checkbox` on the document
 * for every change of a mark (`§12`; what comes with that event is not documented, so nothing does).
 */
export async function createMarks({ app }: Host): Promise<Marks> {
  const [backbone] = (await amdLoad(['backbone'])) as [{ Collection: new () => Collection }];
  const collection = new backbone.Collection();
  const marked = new Set<number>();
  let visible: readonly ListRow[] = [];

  const rows = (): readonly ListRow[] => visible.filter(({ id }) => marked.has(id));
  const tell = (): void => {
    Object.assign(app.selection, { rows: rows().map(({ selected }) => selected), displayed: visible.length });
  };
  return {
    has: (id) => marked.has(id),
    get rows() {
      return rows();
    },
    get ids() {
      return [...marked];
    },
    set(ids, isMarked) {
      for (const id of ids) {
        if (isMarked) marked.add(id);
        else marked.delete(id);
        collection.get(id)?.set({ checked: isMarked });
      }
      tell();
      announce($(document), 'list:checkbox');
    },
    show(all, shown) {
      visible = shown;
      for (const id of marked) if (!all.some((row) => row.id === id)) marked.delete(id);
      collection.set(shown.map(({ id, name }) => ({ id, name, checked: marked.has(id) })));
      app.data.current_list = collection;
      tell();
    },
  };
}
