import type { Translate } from '../../words/words.js';
import { cardIn, markTarget, type DragParts } from './drag.js';
import type { BoardWord } from './words.js';

interface KeyParts extends DragParts {
  /** Tells a person who cannot see where the card is. */
  readonly say: (text: string) => void;
  readonly focus: (card: number) => void;
  readonly t: Translate<BoardWord>;
}

/**
 * Lets a card with the focus be moved: Space picks it up, the arrow keys choose the stage, Space drops it there,
 * Escape leaves it, and so does the focus when it goes elsewhere.
 */
export function dragWithKeys(board: HTMLElement, parts: KeyParts): void {
  const { targets, stageOf, nameOf, move, say, focus, t } = parts;
  let picked: { readonly card: number; target: number } | undefined;

  const nameOfStage = (stage: number): string => targets.find(({ id }) => id === stage)?.name ?? '';
  const release = (text: string): void => {
    board.querySelector('.board-card_picked')?.classList.remove('board-card_picked');
    picked = undefined;
    markTarget(board, undefined);
    say(text);
  };
  const pick = (element: HTMLElement): void => {
    const card = idOf(element);
    picked = { card, target: stageOf(card) };
    element.classList.add('board-card_picked');
    markTarget(board, picked.target);
    say(t('picked', { name: nameOf(card) }));
  };
  const drop = (card: number, stage: number): void => {
    const name = nameOf(card);
    release(
      stage === stageOf(card) ? t('left', { name }) : t('dropped', { name, stage: nameOfStage(stage) }),
    );
    void move(card, stage);
    focus(card);
  };
  const choose = (step: number): void => {
    if (picked === undefined) return;
    const { target } = picked;
    const at = targets.findIndex(({ id }) => id === target);
    const next = targets[Math.min(Math.max(at + step, 0), targets.length - 1)];
    if (next === undefined) return;
    picked.target = next.id;
    markTarget(board, next.id);
    board.querySelector(`[data-stage="${next.id}"]`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    say(next.name);
  };

  board.addEventListener('keydown', (event) => {
    const element = cardIn(event.target);
    // Space and arrows on the card's links and buttons are theirs.
    if (element === null || element !== event.target) return;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === ' ') {
      event.preventDefault();
      if (picked === undefined) pick(element);
      else drop(picked.card, picked.target);
    } else if (picked !== undefined && step !== undefined) {
      event.preventDefault();
      choose(step);
    } else if (picked !== undefined && event.key === 'Escape') {
      event.preventDefault();
      release(t('left', { name: nameOf(picked.card) }));
    }
  });
  board.addEventListener('focusout', ({ target }) => {
    if (picked === undefined || idOf(cardIn(target)) !== picked.card) return;
    // The card may only be drawn anew, with the focus coming back to it.
    queueMicrotask(() => {
      if (picked === undefined || idOf(cardIn(document.activeElement)) === picked.card) return;
      release(t('left', { name: nameOf(picked.card) }));
    });
  });
}

function idOf(element: HTMLElement | null): number {
  return Number(element?.dataset['id']);
}
