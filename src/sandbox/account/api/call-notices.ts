import { callerOf } from './caller.js';
import { isRecord, readItems } from './fields.js';
import { sendHal } from './hal.js';
import { Problem } from './problem.js';
import { placeOfCall } from '../call-place.js';
import type { FastifyInstance } from 'fastify';
import type { Fields } from './fields.js';
import type { AccountContext } from '../context.js';
import type { EntityType } from '../state.js';

const elementTypes = { contacts: 1, leads: 2, companies: 3, customers: 12 } as const satisfies Record<
  EntityType,
  number
>;

/**
 * `POST /api/v2/events`: tells users of a call that rings now (`platform/server.md §7.3`), with the card that the
 * number belongs to by the rule of calls. An unknown number is told all the same, without a card.
 */
export function callNotices(app: FastifyInstance, context: AccountContext): void {
  app.post('/events', (request, reply) => {
    callerOf(request);
    const add = isRecord(request.body) ? request.body['add'] : undefined;
    if (add === undefined) throw new Problem(400, 'The body must be {"add":[…]}.');
    const calls = readItems(add, ({ fields }) => {
      for (const name of ['type', 'phone_number']) fields.require(name);
      fields.choice('type', ['phone_call']);
      return { phone: fields.text('phone_number', { most: 255 }) ?? '', users: readUsers(context, fields) };
    });
    const items = calls.map(({ phone, users }) => {
      const place = placeOfCall(context.account, phone) ?? null;
      const uid = context.ids.uuid();
      context.bus.emit('phone_call', { uid, phone_number: phone, users, place });
      return {
        element_id: place?.entity_id ?? null,
        element_type: place === null ? null : elementTypes[place.entity_type],
        uid,
        phone_number: phone,
      };
    });
    sendHal(reply, { _links: { self: { href: '/api/v2/events', method: 'post' } }, _embedded: { items } });
  });
}

/** One id or a list of them, numbers also as text; null without any, which means everybody. */
function readUsers({ account }: AccountContext, fields: Fields): readonly number[] | null {
  if (!fields.has('users') || fields.isNull('users')) return null;
  const given: unknown = fields.raw('users');
  const ids = (Array.isArray(given) ? given : [given]).map((one: unknown) =>
    typeof one === 'string' && /^\d{1,15}$/.test(one) ? Number(one) : one,
  );
  const known = ids.filter((id): id is number => typeof id === 'number' && account.users.has(id));
  if (known.length < ids.length) fields.fail('users', 'NotSupportedChoice', 'There is no such user.');
  return known.length === 0 ? null : known;
}
