import type { Account, Entity, EntityRights, EntityType, Permission, User, UserRights } from './state.js';

/**
 * Whether the user may do this to this entity. `M` allows the user's own, `G` those of the user's group. Customers
 * follow the rights for leads: `GET /api/v4/users` prints none of their own.
 */
export function mayTouch(
  account: Account,
  user: User,
  type: EntityType,
  action: keyof EntityRights,
  entity?: Pick<Entity, 'responsible_user_id'>,
): boolean {
  if (user.rights.is_admin) return true;
  const permission = user.rights[type === 'customers' ? 'leads' : type][action];
  return allows(account, user, permission, entity?.responsible_user_id);
}

/** The same for tasks. */
export function mayTouchTask(
  account: Account,
  user: User,
  action: keyof UserRights['tasks'],
  task: { readonly responsible_user_id: number },
): boolean {
  return user.rights.is_admin || allows(account, user, user.rights.tasks[action], task.responsible_user_id);
}

function allows(
  account: Account,
  user: User,
  permission: Permission,
  responsibleUserId: number | undefined,
): boolean {
  if (permission === 'A') return true;
  if (permission === 'D') return false;
  if (responsibleUserId === undefined || responsibleUserId === user.id) return true;
  if (permission === 'M') return false;
  const groupId = account.users.get(responsibleUserId)?.rights.group_id;
  return groupId !== undefined && groupId === user.rights.group_id;
}
