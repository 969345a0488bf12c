import type { Stage } from './kinds.js';

/** What both ways of moving a card work with. */
export interface DragParts {
  /** Stages that cards can be put into, in their order. */
  readonly targets: readonly Stage[];
  readonly stageOf: (card: number) => number;
  readonly nameOf: (card: number) => string;
  readonly move: (card: number, stage: number) => Promise<void>;
}

export function cardIn(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('.board-card') : null;
}

/** Marks the stage that the card would go to; undefined marks none. */
export function markTarget(board: HTMLElement, stage: number | undefined): void {
  for (const column of board.querySelectorAll<HTMLElement>('.board-stage')) {
    column.classList.toggle(
      'board-stage_target',
      stage !== undefined && Number(column.dataset['stage']) === stage,
    );
  }
}
