/** The pipeline whose sources are set up: a value that somebody may wait for. */
export interface PipelineId {
  value: number | undefined;
  /** Calls once, at once or when the value is there. */
  readonly whenKnown: (listener: (id: number) => void) => void;
}

export function createPipelineId(): PipelineId {
  let value: number | undefined;
  let waiting: ((id: number) => void)[] = [];
  return {
    get value() {
      return value;
    },
    set value(next) {
      value = next;
      if (next === undefined) {
        waiting = [];
        return;
      }
      const told = waiting;
      waiting = [];
      for (const listener of told) listener(next);
    },
    whenKnown(listener) {
      if (value === undefined) waiting.push(listener);
      else listener(value);
    },
  };
}
