/** Answers that are asked for again and again, each kept for a while. */
export interface KeptAnswers<T> {
  /** The answer that is known, or the one that `ask` gives; whoever comes while it is under way waits for the same. */
  get(key: string, ask: () => Promise<T>): Promise<T>;
  forget(key: string): void;
}

export interface KeepingOptions {
  /** Milliseconds for which an answer is good, from when it was asked for. */
  readonly lifetime: number;
  /** Answers that are kept at most; the oldest go first. */
  readonly room?: number;
  /** Milliseconds. */
  readonly now?: () => number;
}

/** Keeps no answer that failed: whoever waits for it gets the error, and whoever comes next asks again. */
export function keepAnswers<T>({
  lifetime,
  room = 2000,
  now = () => performance.now(),
}: KeepingOptions): KeptAnswers<T> {
  const kept = new Map<string, { readonly until: number; readonly answer: Promise<T> }>();
  return {
    get(key, ask) {
      const known = kept.get(key);
      if (known !== undefined && known.until > now()) return known.answer;
      const answer = ask();
      // The map's order is that of age: what is kept anew goes to its end.
      kept.delete(key);
      kept.set(key, { until: now() + lifetime, answer });
      answer.catch(() => {
        if (kept.get(key)?.answer === answer) kept.delete(key);
      });
      for (const oldest of kept.keys()) {
        if (kept.size <= room) break;
        kept.delete(oldest);
      }
      return answer;
    },
    forget(key) {
      kept.delete(key);
    },
  };
}
