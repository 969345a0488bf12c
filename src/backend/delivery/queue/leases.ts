/** The work goes on elsewhere, since this process has not held on to it in time: nothing more of it may leave here. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';

  constructor() {
    super('The lease ran out while its work was under way.');
  }
}

/** The leases of the pieces that a process works on. */
export interface Leases<Piece> {
  /** From `since` on, milliseconds of `now`, which must not be later than the store's own beginning of the lease. */
  add(pieces: readonly Piece[], since: number): void;
  remove(piece: Piece): void;
  /**
   * To be called right before something leaves that must not leave twice, with time enough left for it to arrive.
   *
   * @throws LeaseLostError when somebody else may have the piece by now, or soon.
   */
  check(piece: Piece): void;
  /** Holds on to nothing more. */
  stop(): void;
}

export interface LeasesOptions<Piece> {
  readonly seconds: number;
  /** Leases these for another time and gives those that this process still had. */
  readonly extend: (pieces: readonly Piece[]) => Promise<readonly Piece[]>;
  readonly onError: (error: unknown) => void;
  readonly now?: () => number;
}

/**
 * Holds on to leases, three times in the length of one. A process that was suspended, or starved, or cut off from the
 * store for longer than a lease learns of it by its own clock before it sends what others have sent meanwhile.
 */
export function createLeases<Piece>({
  seconds,
  extend,
  onError,
  now = () => performance.now(),
}: LeasesOptions<Piece>): Leases<Piece> {
  const length = seconds * 1000;
  /** Until when each is held. One that has run out is not taken up again. */
  const ends = new Map<Piece, number>();

  const extendAll = async (): Promise<void> => {
    const since = now();
    const held = [...ends].filter(([, end]) => end > since).map(([piece]) => piece);
    if (held.length === 0) return;
    const kept = new Set(await extend(held));
    for (const piece of held) {
      // It may have been done with in the meantime.
      if (ends.has(piece)) ends.set(piece, kept.has(piece) ? since + length : 0);
    }
  };
  const timer = setInterval(() => {
    extendAll().catch(onError);
  }, length / 3);

  return {
    add(pieces, since) {
      for (const piece of pieces) ends.set(piece, since + length);
    },
    remove(piece) {
      ends.delete(piece);
    },
    check(piece) {
      if ((ends.get(piece) ?? 0) - now() < length / 3) throw new LeaseLostError();
    },
    stop() {
      clearInterval(timer);
    },
  };
}
