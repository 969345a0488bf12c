import type { Recorder } from './recorder.js';
import type { BreachKind } from '../../wire.js';

/** Writes a breach down: the page's area unless another is given, and each only once. */
export type WriteBreach = (widget: string | null, kind: BreachKind, detail: string, area?: string) => void;

/** Of one kind, widget and area; a widget that logs in a loop must not fill the report. */
const limit = 30;

/** Characters of a detail; longer ones are cut. */
const longest = 300;

export function createBreaches(recorder: Pick<Recorder, 'breach'>, area: () => string): WriteBreach {
  const written = new Set<string>();
  const counts = new Map<string, number>();
  return (widget, kind, detail, where = area()) => {
    const text = detail.length > longest ? `${detail.slice(0, longest - 1)}…` : detail;
    const place = JSON.stringify([widget, where, kind]);
    const key = `${place} ${text}`;
    if (written.has(key)) return;
    const count = (counts.get(place) ?? 0) + 1;
    if (count > limit) return;
    written.add(key);
    counts.set(place, count);
    recorder.breach(
      widget,
      where,
      kind,
      count === limit ? `${text} (the last of this kind that is listed)` : text,
    );
  };
}
