import type { Host } from '../../host.js';
import type { Translate } from '../../words/words.js';
import type { CardsOnBoard } from './cards-on-board.js';
import type { Decisions } from './decisions.js';
import type { BoardKind } from './kinds.js';
import type { BoardWord } from './words.js';

/**
 * Gives what moves a card to a stage: it is shown there at once, and goes back, with a notification, when the
 * account refuses. An incoming lead is accepted into the stage.
 */
export function moverOf(
  host: Host,
  t: Translate<BoardWord>,
  {
    kind,
    cards,
    decisions,
  }: { readonly kind: BoardKind; readonly cards: CardsOnBoard; readonly decisions: Decisions },
): (id: number, stage: number) => Promise<void> {
  return async (id, stage) => {
    const before = cards.get(id);
    if (before === undefined || before.stage === stage) return;
    if (cards.incoming.has(id)) {
      await decisions.accept(id, stage);
      return;
    }
    cards.set(id, { ...before, stage });
    const pipeline = before.pipeline === null ? {} : { pipeline_id: before.pipeline };
    try {
      await host.api.patch(`/${kind.type}/${id}`, { status_id: stage, ...pipeline });
    } catch (error) {
      // Unless it went on meanwhile.
      if (cards.get(id)?.stage === stage) cards.set(id, before);
      host.app.notifications.show_message_error({
        header: t('notMoved', { name: before.name }),
        text: (error as Error).message,
      });
    }
  };
}
