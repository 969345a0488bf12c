import type { Session } from '../../wire.js';

/** `APP.constant(key)` for the documented keys (`platform/widget.md §3.5`); their form is not documented. */
export function constantOf(
  key: string,
  { user, users, groups, account, task_types, switches }: Session,
): unknown {
  switch (key) {
    case 'user':
      return {
        id: user.id,
        name: user.name,
        login: user.email,
        lang: switches.language,
        amojo_id: user.amojo_id,
      };
    case 'user_rights':
      return user.rights;
    case 'account':
      return { ...account, language: switches.language };
    case 'managers':
      return Object.fromEntries(
        users.map(({ id, name, email, amojo_id, rights }) => [
          id,
          {
            id,
            title: name,
            // Lists of controls are made of the managers as they are (CODE).
            option: name,
            login: email,
            amojo_id,
            avatar: '',
            status: 'OK',
            active: rights.is_active,
            is_admin: rights.is_admin ? 'Y' : 'N',
            free_user: rights.is_free ? 'Y' : 'N',
            group: `group_${rights.group_id ?? 0}`,
          },
        ]),
      );
    case 'groups':
      return Object.fromEntries(groups.map(({ id, name }) => [`group_${id}`, name]));
    case 'task_types':
      return Object.fromEntries(
        task_types.map((type) => [type.id, { id: type.id, option: type.name, code: type.code }]),
      );
    default:
      return undefined;
  }
}
