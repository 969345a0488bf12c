/** One call over the wire, in or out, with its answer. */
export interface TrafficEntry {
  /** `in` is a call to the account, `out` a hook that it sends. */
  readonly direction: 'in' | 'out';
  /** What kind of call: `api`, `oauth`, `dp_hook`, `webhook`, `chat_hook`, `salesbot`… */
  readonly kind: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** 0 when there was no answer. */
  readonly status: number;
  readonly answer: string;
  /** Why there was no answer. */
  readonly error?: string;
  /** Milliseconds since 1970, when the call began. */
  readonly at: number;
  readonly duration_ms: number;
}

export interface Traffic {
  add(entry: TrafficEntry): void;
  /** Oldest first; at most the newest `limit` that {@link createTraffic} was given. */
  entries(): readonly TrafficEntry[];
  clear(): void;
  /** Returns what takes the listener off again. */
  on(listener: (entry: TrafficEntry) => void): () => void;
}

/** The log of calls that the sandbox shows. Only the newest `limit` entries are kept. */
export function createTraffic({ limit = 500 }: { limit?: number } = {}): Traffic {
  let kept: TrafficEntry[] = [];
  const listeners = new Set<(entry: TrafficEntry) => void>();

  return {
    add(entry) {
      kept.push(entry);
      // Cut in bulk: taking one off the front at every call would cost as much as the call.
      if (kept.length >= limit * 2) kept = kept.slice(-limit);
      for (const listener of [...listeners]) listener(entry);
    },
    entries: () => kept.slice(-limit),
    clear() {
      kept = [];
    },
    on(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
