/** Counts bad answers of the recent past, by receiver. */
export interface AnswerWindow {
  add(receiver: string): void;
  /** How many bad answers of this receiver are at most so many milliseconds old. */
  count(receiver: string): number;
}

/** @param milliseconds How long a bad answer counts. */
export function createAnswerWindow(milliseconds: number, clock: { now(): number }): AnswerWindow {
  const times = new Map<string, number[]>();

  function recent(receiver: string): number[] {
    const since = clock.now() - milliseconds;
    const kept = (times.get(receiver) ?? []).filter((time) => time >= since);
    times.set(receiver, kept);
    return kept;
  }

  return {
    add(receiver) {
      recent(receiver).push(clock.now());
    },
    count: (receiver) => recent(receiver).length,
  };
}
