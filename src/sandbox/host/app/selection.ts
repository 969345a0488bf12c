import type { ListSelection, SelectedRow } from '../../../kommo/widget.js';

/** What the page of a list tells widgets; it is empty again when another page opens. */
export interface Selection {
  /** The marked rows that are on the screen. */
  rows: readonly SelectedRow[];
  /** How many rows the list shows, `displayed_count` of `system()`. */
  displayed: number;
}

/** `list_selected()` of a widget (`platform/widget.md §3.2`). */
export function listSelection({ rows }: Selection): ListSelection {
  const count = (kind: 'emails' | 'phones'): number => rows.reduce((sum, row) => sum + row[kind].length, 0);
  return {
    selected: rows.map((row) => ({ ...row, emails: [...row.emails], phones: [...row.phones] })),
    summary: { items: rows.length, emails: count('emails'), phones: count('phones') },
  };
}
