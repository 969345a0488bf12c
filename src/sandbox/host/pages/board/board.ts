import { draw } from '../../dom.js';
import { $ } from '../../jquery.js';
import type { Host, OpenPage } from '../../host.js';
import type { AccountChange } from '../../../wire.js';
import { readCard, readCards, readIncoming } from './cards.js';
import { createCards } from './cards-on-board.js';
import { createDecisions } from './decisions.js';
import type { DragParts } from './drag.js';
import { dragWithKeys } from './drag-keys.js';
import { dragWithPointer } from './drag-pointer.js';
import { openHappeningsMenu } from './happenings-menu.js';
import type { BoardKind } from './kinds.js';
import { boardHtml } from './markup.js';
import { askForCard, type Draft, type NewCard } from './new-card.js';
import { openMenu } from './popup-menu.js';
import { boardWords } from './words.js';

interface BoardState {
  readonly scroll: readonly [left: number, top: number];
  readonly draft: Draft | undefined;
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
  const board = $board.get(0) as HTMLElement;
  const scroller = $board.find('.board__scroller').get(0) as HTMLElement;
  const cards = createCards($board, host, t, { kind, place });
  cards.incoming = incoming;
  for (const card of [...first].reverse()) cards.set(card.id, card);

  const decisions = createDecisions(host, t, cards);
  const drag: DragParts = {
    targets: place.stages.filter(({ isIncoming }) => !isIncoming),
    stageOf: (id) => cards.get(id)?.stage ?? 0,
    nameOf: (id) => cards.get(id)?.name ?? '',
    async move(id, stage) {
      const before = cards.get(id);
      if (before === undefined || before.stage === stage) return;
      if (cards.incoming.has(id)) {
        await decisions.accept(id, stage);
        return;
      }
      cards.set(id, { ...before, stage });
      try {
        await host.api.patch(`/${kind.type}/${id}`, { status_id: stage, ...pipelineOf(before.pipeline) });
      } catch (error) {
        // Unless it went on meanwhile.
        if (cards.get(id)?.stage === stage) cards.set(id, before);
        host.app.notifications.show_message_error({
          header: t('notMoved', { name: before.name }),
          text: (error as Error).message,
        });
      }
    },
  };
  dragWithPointer(board, drag);
  dragWithKeys(board, {
    ...drag,
    t,
    focus: cards.focus,
    say: (text) => $board.find('.board__live').text(text),
  });

  const idOf = (element: unknown): number =>
    Number(
      $(element as Element)
        .closest('.board-card')
        .attr('data-id'),
    );
  $board.on('click', '.js-card-menu', ({ currentTarget }) => {
    const id = idOf(currentTarget);
    openHappeningsMenu(host, $(currentTarget as Element), { element_type: kind.element, id });
  });
  $board.on('click', '.js-accept', ({ currentTarget }) => {
    const [stage] = drag.targets;
    if (stage !== undefined) void decisions.accept(idOf(currentTarget), stage.id);
  });
  $board.on('click', '.js-decline', ({ currentTarget }) => {
    void decisions.decline(idOf(currentTarget));
  });
  let newCard: NewCard | undefined;
  $board.on('click', '.js-new-card', () => {
    newCard = askForCard(host, t, { kind, place });
  });
  $board.on('click', '.js-choose-pipeline', ({ currentTarget }) => {
    const choices = host.session.pipelines.map(({ id, name }) => ({
      text: name,
      isCurrent: id === place.pipeline?.id,
      choose: () => void host.router.go(`/leads/pipeline/${id}`),
    }));
    openMenu($(currentTarget as Element), t('pipelines'), choices);
  });

  /** Only the newest reading of a card is shown. */
  const readings = new Map<number, number>();
  const reread = async (id: number): Promise<void> => {
    const reading = (readings.get(id) ?? 0) + 1;
    readings.set(id, reading);
    const read = await readCard(host.api, kind, id);
    if (readings.get(id) !== reading || !board.isConnected) return;
    const card = read?.pipeline === (place.pipeline?.id ?? null) ? read : undefined;
    if (JSON.stringify(card) !== JSON.stringify(cards.get(id))) cards.set(id, card);
  };
  return {
    title: place.pipeline?.name ?? t(kind.type),
    async changed({ event, type, id }: AccountChange) {
      if (id === null) return;
      if (event === 'unsorted_added' || event === 'unsorted_deleted') {
        cards.incoming = await readIncoming(host.api, place);
      }
      if (type === kind.type) await reread(id);
      if (type === 'contacts') await Promise.all(cards.ofContact(id).map(reread));
    },
    capture: (): BoardState => ({
      scroll: [scroller.scrollLeft, scroller.scrollTop],
      draft: newCard?.draft(),
    }),
    restore(state) {
      const { scroll, draft } = state as BoardState;
      scroller.scrollTo(...scroll);
      if (draft !== undefined) newCard = askForCard(host, t, { kind, place, draft });
    },
  };
}

function pipelineOf(id: number | null): object {
  return id === null ? {} : { pipeline_id: id };
}
