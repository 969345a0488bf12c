import type { Host } from '../../host.js';
import type { Translate } from '../../words/words.js';
import type { CardsOnBoard } from './cards-on-board.js';
import type { BoardWord } from './words.js';

/** What can be done with an incoming lead (`platform/server.md §5.10`). */
export interface Decisions {
  accept(id: number, stage: number): Promise<void>;
  decline(id: number): Promise<void>;
}

export function createDecisions(host: Host, t: Translate<BoardWord>, cards: CardsOnBoard): Decisions {
  const decide = async (id: number, call: (path: string) => Promise<unknown>): Promise<void> => {
    const uid = cards.incoming.get(id);
    if (uid === undefined) return;
    try {
      // The board hears of what becomes of it as of every other change.
      await call(`/leads/unsorted/${encodeURIComponent(uid)}`);
    } catch (error) {
      host.app.notifications.show_message_error({
        header: t('notDecided', { name: cards.get(id)?.name ?? '' }),
        text: (error as Error).message,
      });
    }
  };
  return {
    accept: (id, stage) =>
      decide(id, (path) =>
        host.api.post(`${path}/accept`, { user_id: host.session.user.id, status_id: stage }),
      ),
    decline: (id) => decide(id, (path) => host.api.delete(`${path}/decline`)),
  };
}
