import type { Session } from '../../wire.js';

/**
 * `APP.sdk.showUserStatus` (`platform/widget.md §3.5`): every user by id, the ids that are online, or one user,
 * whose form is not documented. Online is whoever is signed in.
 */
export function userStatus({ users, user }: Session, filter?: string | number): unknown {
  const statuses = users.map(({ id }) => ({ id, online: id === user.id }));
  if (filter === 'online') return statuses.filter(({ online }) => online).map(({ id }) => id);
  if (filter === undefined) return Object.fromEntries(statuses.map((status) => [status.id, status]));
  return statuses.find(({ id }) => String(id) === String(filter));
}
