import { draw } from '../../dom.js';
import { $ } from '../../jquery.js';
import type { Host, OpenPage } from '../../host.js';
import type { Translate } from '../../words/words.js';
import type { AccountChange } from '../../../wire.js';
import { readCard, readCards, readIncoming } from './cards.js';
import { createCards, type CardsOnBoard } from './cards-on-board.js';
import { createDecisions, type Decisions } from './decisions.js';
import type { DragParts } from './drag.js';
import { dragWithKeys } from './drag-keys.js';
import { dragWithPointer } from './drag-pointer.js';
import { openHappeningsMenu } from './happenings-menu.js';
import type { BoardKind, BoardPlace, Stage } from './kinds.js';
import { boardHtml } from './markup.js';
import { moverOf } from './move.js';
import { askForCard, type Draft, type NewCard } from './new-card.js';
import { openMenu } from '../../menu.js';
import { boardWords, type BoardWord } from './words.js';

interface BoardState {
  readonly scroll: readonly [left: number, top: number];
  readonly draft: Draft | undefined;
}

/** What the board's buttons work with. */
interface BoardParts {
  readonly t: Translate<BoardWord>;
  readonly kind: BoardKind;
  readonly place: BoardPlace;
  /** Stages that cards can be put into. */
  readonly targets: readonly Stage[];
  readonly decisions: Decisions;
}

/** Draws the board of a pipeline, or that of the customers. */
export async function openBoard(
  $holder: JQuery,
  host: Host,
  kind: BoardKind,
  wanted: number,
): Promise<OpenPage> {
  const t = host.words(boardWords);
  const place = kind.place(host.session, wanted);
  const [first, incoming] = await Promise.all([
    readCards(host.api, kind, place),
    readIncoming(host.api, place),
  ]);

  const $board = draw(boardHtml(host, t, kind, place)).appendTo($holder);
  const cards = createCards($board, host, t, { kind, place });
  cards.incoming = incoming;
  for (const card of [...first].reverse()) cards.set(card.id, card);

  const targets = place.stages.filter(({ isIncoming }) => !isIncoming);
  const decisions = createDecisions(host, t, cards);
  const drag: DragParts = {
    targets,
    stageOf: (id) => cards.get(id)?.stage ?? 0,
    nameOf: (id) => cards.get(id)?.name ?? '',
    move: moverOf(host, t, { kind, cards, decisions }),
  };
  const board = $board.get(0) as HTMLElement;
  dragWithPointer(board, drag);
  dragWithKeys(board, {
    ...drag,
    t,
    focus: (id) => {
      cards.focus(id);
    },
    say: (text) => {
      $board.find('.board__live').text(text);
    },
  });
  answerCards($board, host, { kind, targets, decisions });
  const head = answerHead($board, host, { t, kind, place });
  const scroller = $board.find('.board__scroller').get(0);

  return {
    title: place.pipeline?.name ?? t(kind.type),
    changed: readerOf(board, host, { kind, place, cards }),
    capture: (): BoardState => ({
      scroll: [scroller.scrollLeft, scroller.scrollTop],
      draft: head.draft(),
    }),
    restore(state) {
      const { scroll, draft } = state as BoardState;
      scroller.scrollTo(...scroll);
      if (draft !== undefined) head.ask(draft);
    },
  };
}

function answerCards(
  $board: JQuery,
  host: Host,
  { kind, targets, decisions }: Pick<BoardParts, 'kind' | 'targets' | 'decisions'>,
): void {
  const idOf = (button: Element): number => Number($(button).closest('.board-card').attr('data-id'));
  $board.on('click', '.js-card-menu', ({ currentTarget }) => {
    openHappeningsMenu(host, currentTarget as HTMLElement, {
      element_type: kind.element,
      id: idOf(currentTarget),
    });
  });
  $board.on('click', '.js-accept', ({ currentTarget }) => {
    const [stage] = targets;
    if (stage !== undefined) void decisions.accept(idOf(currentTarget), stage.id);
  });
  $board.on('click', '.js-decline', ({ currentTarget }) => {
    void decisions.decline(idOf(currentTarget));
  });
}

function answerHead(
  $board: JQuery,
  host: Host,
  { t, kind, place }: Pick<BoardParts, 't' | 'kind' | 'place'>,
): { ask(draft: Draft): void; draft(): Draft | undefined } {
  let newCard: NewCard | undefined;
  $board.on('click', '.js-new-card', () => {
    newCard = askForCard(host, t, { kind, place });
  });
  $board.on('click', '.js-choose-pipeline', ({ currentTarget }) => {
    const choices = host.session.pipelines.map(({ id, name }) => ({
      label: name,
      isChosen: id === place.pipeline?.id,
      choose: () => void host.router.go(`/leads/pipeline/${id}`),
    }));
    openMenu(currentTarget as HTMLElement, t('pipelines'), choices);
  });
  return {
    ask(draft) {
      newCard = askForCard(host, t, { kind, place, draft });
    },
    draft: () => newCard?.draft(),
  };
}

/** Reads what changed in the account; of several readings of a card only the newest is shown. */
function readerOf(
  board: HTMLElement,
  { api }: Host,
  { kind, place, cards }: Pick<BoardParts, 'kind' | 'place'> & { readonly cards: CardsOnBoard },
): (change: AccountChange) => Promise<void> {
  const readings = new Map<number, number>();
  const reread = async (id: number): Promise<void> => {
    const reading = (readings.get(id) ?? 0) + 1;
    readings.set(id, reading);
    const read = await readCard(api, kind, id);
    if (readings.get(id) !== reading || !board.isConnected) return;
    const card = read?.pipeline === (place.pipeline?.id ?? null) ? read : undefined;
    if (JSON.stringify(card) !== JSON.stringify(cards.get(id))) cards.set(id, card);
  };
  return async ({ event, type, id }) => {
    if (id === null) return;
    if (event === 'unsorted_added' || event === 'unsorted_deleted') {
      cards.incoming = await readIncoming(api, place);
    }
    if (type === kind.type) await reread(id);
    if (type === 'contacts') await Promise.all(cards.ofContact(id).map(reread));
  };
}
