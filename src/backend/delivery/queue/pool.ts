import { setTimeout as pause } from 'node:timers/promises';

/** Work that is taken in batches and done piece by piece, as many pieces at a time as there is room for. */
export interface Pool<Piece> {
  /** Takes work now rather than at the next look. */
  wake(): void;
  /** What is being worked on. */
  busy(): readonly Piece[];
  readonly isStopping: boolean;
  /** Takes nothing new and waits for what is in flight, for `seconds` at most. */
  stop(seconds: number): Promise<void>;
}

export interface PoolOptions<Piece> {
  readonly size: number;
  /** Milliseconds between two looks while nothing tells of new work. */
  readonly pollInterval: number;
  /**
   * Milliseconds for which nobody looks after a look that found less than there is room for: hundreds of events a
   * second may come in and tell of themselves, each of them. The longer, the more is taken at a time.
   */
  readonly rest?: number;
  /** Takes up to `limit` pieces for this process. */
  readonly take: (limit: number, busy: readonly Piece[]) => Promise<readonly Piece[]>;
  readonly work: (piece: Piece) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/**
 * Pieces that are taken at a time at least, where there is room for more than one: looking for work costs about as
 * much for many as for one.
 */
function enough(size: number): number {
  return Math.max(1, Math.floor(size / 4));
}

export function createPool<Piece>({
  size,
  pollInterval,
  rest = 20,
  take,
  work,
  onError,
}: PoolOptions<Piece>): Pool<Piece> {
  const busy = new Set<Piece>();
  let isStopping = false;
  let looking: Promise<void> | undefined;
  let isWoken = false;
  let timer: NodeJS.Timeout | undefined;
  const idle = new Set<() => void>();

  function look(): void {
    isWoken = true;
    if (isStopping || looking !== undefined) return;
    clearTimeout(timer);
    looking = takeAll()
      .catch(onError)
      .finally(() => {
        looking = undefined;
        if (!isStopping) timer = setTimeout(look, pollInterval);
      });
  }

  async function takeAll(): Promise<void> {
    while (isWoken && !isStopping && size - busy.size >= enough(size)) {
      isWoken = false;
      const limit = size - busy.size;
      const pieces = await take(limit, [...busy]);
      for (const piece of pieces) start(piece);
      if (pieces.length === limit) isWoken = true;
      else await pause(rest);
    }
  }

  function start(piece: Piece): void {
    busy.add(piece);
    work(piece)
      .catch(onError)
      .finally(() => {
        busy.delete(piece);
        if (busy.size === 0) for (const resolve of idle) resolve();
        look();
      });
  }

  timer = setTimeout(look, 0);
  return {
    wake: look,
    busy: () => [...busy],
    get isStopping() {
      return isStopping;
    },
    async stop(seconds) {
      isStopping = true;
      clearTimeout(timer);
      const ended = async (): Promise<void> => {
        await looking;
        if (busy.size > 0) await new Promise<void>((resolve) => idle.add(resolve));
      };
      let deadline: NodeJS.Timeout | undefined;
      const passed = new Promise<void>((resolve) => {
        deadline = setTimeout(resolve, seconds * 1000);
      });
      await Promise.race([ended(), passed]);
      clearTimeout(deadline);
    },
  };
}
