import { draw } from '../../dom.js';
import type { Trigger } from '../../../wire.js';
import type { Host } from '../../host.js';
import type { Translate } from '../../words/words.js';
import type { Column } from './columns.js';
import { triggerHtml } from './markup.js';
import type { DpWord } from './words.js';

/** The triggers that are drawn under the stages, each in an item of its own. */
export interface Lanes {
  /** Draws a trigger, or draws it anew: an open bubble in its item stays as it is. */
  draw(trigger: Trigger): void;
  /** A place for a trigger that is not stored yet, at the end of its stage. */
  drawNew(draft: Omit<Trigger, 'id'>): JQuery;
  item(id: number): JQuery;
  remove(id: number): void;
}

interface Drawn {
  /** What the item shows, so that what did not change keeps its element and with it the focus. */
  html: string;
  range: Range;
}

/** Columns from the first to the last, both included, counted from 0. */
interface Range {
  readonly first: number;
  readonly last: number;
}

/**
 * The lanes of the stages are columns of a grid. A trigger of one stage stands in the lane's own list; one that is
 * stretched over several stages lies across their lanes, in rows above those lists.
 */
export function createLanes(
  host: Host,
  t: Translate<DpWord>,
  { $holder, columns }: { readonly $holder: JQuery; readonly columns: readonly Column[] },
): Lanes {
  const drawn = new Map<number, Drawn>();
  const $grid = $holder.find('.digital-pipeline__stages');
  const item = (id: number): JQuery => $grid.find(`.digital-pipeline__item[data-process-id="${id}"]`);
  const lane = (index: number): JQuery => $grid.find('.digital-pipeline__stage').eq(index);
  let newest = 0;

  const put = ($item: JQuery, { first, last }: Range): void => {
    if (last > first) $item.insertAfter(lane(first));
    else lane(first).find('.digital-pipeline__items').append($item);
  };

  /** Gives each stretched trigger the first row in which its lanes are free. */
  const arrange = (): void => {
    const rows: Range[][] = [];
    for (const [id, { range }] of drawn) {
      const { first, last } = range;
      if (last <= first) {
        item(id).removeClass('digital-pipeline__item_stretched').css({ gridColumn: '', gridRow: '' });
        continue;
      }
      const isFree = (row: Range[]): boolean => row.every((one) => one.last < first || one.first > last);
      const found = rows.findIndex(isFree);
      const row = found === -1 ? rows.push([]) - 1 : found;
      rows[row]?.push(range);
      item(id)
        .addClass('digital-pipeline__item_stretched')
        .css({ gridColumn: `${first + 1} / ${last + 2}`, gridRow: String(row + 2) });
    }
    $grid.css('grid-template-rows', `auto ${'auto '.repeat(rows.length)}1fr`);
  };

  return {
    item,
    draw(trigger) {
      const range = rangeOf(columns, trigger.status_ids);
      const before = drawn.get(trigger.id);
      const html = triggerHtml(host, t, trigger, columns);
      drawn.set(trigger.id, { html, range });
      if (before === undefined) put(draw(html), range);
      else if (before.html !== html) {
        const $old = item(trigger.id);
        const $task = draw(html).find('.digital-pipeline__short-task');
        $old.find('.digital-pipeline__short-task').replaceWith($task);
        $old.attr('data-stage-id', trigger.status_ids[0] ?? 0);
        if (before.range.first !== range.first || before.range.last !== range.last) put($old, range);
      }
      arrange();
    },
    drawNew(draft) {
      // Which id such an item has on the platform is not known; none that is stored is negative.
      const $item = draw(triggerHtml(host, t, { ...draft, id: --newest }, columns));
      put($item, rangeOf(columns, draft.status_ids.slice(0, 1)));
      return $item;
    },
    remove(id) {
      item(id).remove();
      drawn.delete(id);
      arrange();
    },
  };
}

function rangeOf(columns: readonly Column[], stages: readonly number[]): Range {
  const places = stages.map((stage) => columns.findIndex(({ id }) => id === stage)).filter((at) => at >= 0);
  return places.length === 0
    ? { first: 0, last: 0 }
    : { first: Math.min(...places), last: Math.max(...places) };
}
