import type { AccountChange, Session } from '../../wire.js';
import type { Channels } from './channels.js';

/**
 * Turns changes of the account into messages of the channels (`platform/widget.md §3.2`). What the platform's
 * messages hold is not documented; here it is the change: `{ event, type, id }`.
 *
 * | change | channels |
 * | --- | --- |
 * | of a lead, contact, company, customer | `<type>:events`, `<type>:card:<id>`, `dashboard:events` |
 * | of a lead | also `leads:pipeline:<pipeline>`; of all pipelines that are listened to, as a change does not name its own |
 * | of a talk or a message | `inbox:talks:<account>` |
 */
export function createChangeFeed(
  channels: Channels,
  session: () => Session,
): (change: AccountChange) => void {
  return (change) => {
    const { event, type, id } = change;
    const message = { event, type, id };
    if (/^(talk|message|chat)(_|$)/.test(event)) {
      channels.publish(`inbox:talks:${session().account.id}`, message);
    }
    if (type === null) return;
    channels.publish(`${type}:events`, message);
    if (id !== null) channels.publish(`${type}:card:${id}`, message);
    channels.publish('dashboard:events', message);
    for (const channel of channels.open) {
      if (channel.startsWith(`${type}:pipeline:`)) channels.publish(channel, message);
    }
  };
}
