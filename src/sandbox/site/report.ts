import type { ReportEntry } from '../wire.js';

/** What widgets did in every page of the account, oldest first. */
export interface ReportStore {
  add(entries: readonly ReportEntry[]): void;
  entries(): readonly ReportEntry[];
  clear(): void;
}

/** The newest that are kept. */
const limit = 5_000;

/** @param onAdd Hears of entries that were added. */
export function createReportStore(onAdd: (entries: readonly ReportEntry[]) => void): ReportStore {
  let kept: ReportEntry[] = [];
  return {
    add(entries) {
      kept.push(...entries);
      if (kept.length >= limit * 2) kept = kept.slice(-limit);
      onAdd(entries);
    },
    entries: () => kept.slice(-limit),
    clear() {
      kept = [];
    },
  };
}
