import { remember } from '../../dom.js';
import { cardIn, markTarget, type DragParts } from './drag.js';

/** Pixels that a press may move and still be a click. */
const slack = 5;
/** Pixels from the edge in which the board scrolls, and how far it does for each move. */
const edge = 50;
const step = 18;

/** Lets cards be dragged to other stages; Escape leaves the card where it was. */
export function dragWithPointer(board: HTMLElement, { targets, move }: DragParts): void {
  board.addEventListener('pointerdown', (down) => {
    const card = cardIn(down.target);
    if (card === null || down.button !== 0 || !down.isPrimary) return;
    if ((down.target as Element).closest('button') !== null) return;
    const targetAt = (x: number, y: number): number | undefined => {
      const stage = stageAt(x, y);
      return targets.some(({ id }) => id === stage) ? stage : undefined;
    };
    follow(board, card, { down, targetAt }, (stage) => {
      void move(Number(card.dataset['id']), stage);
    });
  });
  // The browser's own dragging of links would end ours.
  board.addEventListener('dragstart', (event) => {
    event.preventDefault();
  });
}

interface Press {
  readonly down: PointerEvent;
  readonly targetAt: (x: number, y: number) => number | undefined;
}

/** Follows the pointer until it is released, and says where if that is a stage; a mere click is left alone. */
function follow(
  board: HTMLElement,
  card: HTMLElement,
  { down, targetAt }: Press,
  drop: (stage: number) => void,
): void {
  let ghost: HTMLElement | undefined;
  const { left, top, width } = card.getBoundingClientRect();
  const stop = new AbortController();
  const { signal } = stop;
  const end = (): void => {
    stop.abort();
    ghost?.remove();
    card.classList.remove('board-card_away');
    markTarget(board, undefined);
  };
  const onMove = ({ clientX, clientY }: PointerEvent): void => {
    const [x, y] = [clientX - down.clientX, clientY - down.clientY];
    if (ghost === undefined && Math.hypot(x, y) < slack) return;
    ghost ??= lift(card, width);
    ghost.style.transform = `translate(${left + x}px, ${top + y}px) rotate(2deg)`;
    scrollAtEdge(board, clientX);
    markTarget(board, targetAt(clientX, clientY));
  };
  const onUp = ({ clientX, clientY }: PointerEvent): void => {
    const stage = ghost === undefined ? undefined : targetAt(clientX, clientY);
    if (ghost !== undefined) swallowClick();
    end();
    if (stage !== undefined) drop(stage);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || ghost === undefined) return;
    event.preventDefault();
    window.addEventListener('pointerup', swallowClick, { once: true });
    end();
  };
  window.addEventListener('pointermove', onMove, { signal });
  window.addEventListener('pointerup', onUp, { signal });
  window.addEventListener('pointercancel', end, { signal });
  window.addEventListener('keydown', onKey, { signal, capture: true });
}

/** A copy of the card that goes with the pointer; the card itself stays as a shadow. */
function lift(card: HTMLElement, width: number): HTMLElement {
  const ghost = card.cloneNode(true) as HTMLElement;
  remember(ghost);
  ghost.classList.add('board-card_lifted');
  ghost.setAttribute('aria-hidden', 'true');
  ghost.inert = true;
  ghost.style.width = `${width}px`;
  card.classList.add('board-card_away');
  card.closest('.board')?.append(ghost);
  return ghost;
}

function stageAt(x: number, y: number): number | undefined {
  const column = document
    .elementsFromPoint(x, y)
    .find((element): element is HTMLElement => element.matches('.board-stage'));
  return column === undefined ? undefined : Number(column.dataset['stage']);
}

function scrollAtEdge(board: HTMLElement, x: number): void {
  const scroller = board.querySelector('.board__scroller');
  if (scroller === null) return;
  const { left, right } = scroller.getBoundingClientRect();
  if (x > right - edge) scroller.scrollLeft += step;
  else if (x < left + edge) scroller.scrollLeft -= step;
}

/** The press may have begun on a link of the card, which its end must not open. */
function swallowClick(): void {
  const swallow = (event: Event): void => {
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => {
    window.removeEventListener('click', swallow, { capture: true });
  }, 0);
}
