import { draw } from '../../dom.js';
import { $ } from '../../jquery.js';
import type { Host } from '../../host.js';
import type { Translate } from '../../words/words.js';
import type { BoardCard } from './cards.js';
import type { BoardKind, BoardPlace } from './kinds.js';
import { cardHtml, summaryOf } from './markup.js';
import type { BoardWord } from './words.js';

/** The cards that are shown, each in its stage. */
export interface CardsOnBoard {
  get(id: number): BoardCard | undefined;
  /** `uid` of an incoming lead that can be accepted or declined. */
  incoming: ReadonlyMap<number, string>;
  /** Puts the card on top of its stage, or draws it anew where it is; undefined takes it away. */
  set(id: number, card: BoardCard | undefined): void;
  /** The ids of the cards of a contact. */
  ofContact(contact: number): number[];
  focus(id: number): void;
}

export function createCards(
  $board: JQuery,
  host: Host,
  t: Translate<BoardWord>,
  { kind, place }: { readonly kind: BoardKind; readonly place: BoardPlace },
): CardsOnBoard {
  const shown = new Map<number, BoardCard>();
  const elementOf = (id: number): JQuery => $board.find(`.board-card[data-id="${id}"]`).not('[inert]');
  const stageOf = (id: number): JQuery => $board.find(`.board-stage[data-stage="${id}"]`);

  const summarise = (): void => {
    const all = [...shown.values()];
    for (const { id } of place.stages) {
      const mine = all.filter(({ stage }) => stage === id);
      stageOf(id)
        .find('.board-stage__summary')
        .text(summaryOf(host, t, 'summary', mine));
    }
    $board.find('.board__total').text(summaryOf(host, t, 'total', all));
  };

  const cards: CardsOnBoard = {
    incoming: new Map(),
    get: (id) => shown.get(id),
    set(id, card) {
      const $old = elementOf(id);
      const before = shown.get(id);
      const focused = focusIn($old);
      shown.delete(id);
      if (card === undefined || stageOf(card.stage).length === 0) {
        $old.remove();
      } else {
        shown.set(id, card);
        const $new = draw(cardHtml(host, t, kind, card, cards.incoming.has(id)));
        if ($old.length > 0 && before?.stage === card.stage) $old.replaceWith($new);
        else stageOf(card.stage).find('.board-stage__cards').prepend($new);
        $old.remove();
        if (focused !== undefined) (focused === '' ? $new : $new.find(focused)).trigger('focus');
      }
      summarise();
    },
    ofContact: (contact) =>
      [...shown.values()].flatMap((card) => (card.contact?.id === contact ? [card.id] : [])),
    focus: (id) => elementOf(id).trigger('focus'),
  };
  summarise();
  return cards;
}

/** Where the focus is in the card, as a selector in it; undefined when it is not. */
function focusIn($card: JQuery): string | undefined {
  const active = document.activeElement;
  if (active === null || $card.length === 0) return undefined;
  if ($card.is($(active))) return '';
  if ($card.find($(active)).length === 0) return undefined;
  return active.classList.length === 0 ? '' : `.${[...active.classList].join('.')}`;
}
