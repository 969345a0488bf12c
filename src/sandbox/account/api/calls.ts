import { callerOf } from './caller.js';
import { readItems } from './fields.js';
import { selfLink, sendHal, requestLink } from './hal.js';
import { addNote } from '../notes.js';
import { placeOfCall } from '../call-place.js';
import { singularNames } from '../state.js';
import type { FastifyInstance } from 'fastify';
import type { Item } from './fields.js';
import type { AccountContext } from '../context.js';
import type { User } from '../state.js';

/** 1 left voicemail … 7 busy. */
const callStatuses = [1, 2, 3, 4, 5, 6, 7] as const;

/**
 * `POST /calls` (`platform/server.md §5.9`): every call becomes a note of the card that its number belongs to. A
 * call of an unknown number is not added and stands in `errors`, with status 200 all the same. Equal `uniq`s are
 * not recognised. The shape of an item of `errors` is not sourced.
 */
export function calls(app: FastifyInstance, context: AccountContext): void {
  app.post('/calls', (request, reply) => {
    const { user } = callerOf(request);
    const plans = readItems(request.body, (item) => readCall(item, user));
    const errors: object[] = [];
    const added: object[] = [];
    for (const { request_id, phone, note_type, params, by, responsible } of plans) {
      const place = placeOfCall(context.account, phone);
      if (!place) {
        const detail = 'No contact or company has this phone number.';
        errors.push({ request_id, title: 'Entity not found', status: 404, detail });
        continue;
      }
      const note = addNote(
        context,
        { ...place, note_type, params, responsible_user_id: responsible },
        { by, triggersDigitalPipeline: true },
      );
      added.push({
        id: note.id,
        entity_id: note.entity_id,
        entity_type: singularNames[note.entity_type],
        account_id: note.account_id,
        request_id,
        _links: selfLink(context, `/${note.entity_type}/${note.entity_id}/notes/${note.id}`),
      });
    }
    sendHal(reply, {
      _total_items: added.length,
      _links: requestLink(context, request),
      errors,
      _embedded: { calls: added },
    });
  });
}

function readCall({ request_id, fields }: Item, user: User) {
  for (const name of ['direction', 'duration', 'source', 'phone']) fields.require(name);
  const direction = fields.choice('direction', ['inbound', 'outbound']);
  const createdBy = fields.whole('created_by');
  const responsible = fields.whole('responsible_user_id');
  const params = {
    uniq: fields.text('uniq'),
    duration: fields.whole('duration', { least: 0 }),
    source: fields.text('source'),
    link: fields.isNull('link') ? undefined : fields.text('link'),
    phone: fields.text('phone'),
    call_result: fields.isNull('call_result') ? undefined : fields.text('call_result'),
    call_status: fields.choice('call_status', callStatuses),
    call_responsible: fields.raw('call_responsible'),
  };
  return {
    request_id,
    phone: params.phone ?? '',
    note_type: direction === 'outbound' ? ('call_out' as const) : ('call_in' as const),
    params: Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined)),
    // Without an author the call counts as the robot's.
    by: createdBy ?? 0,
    responsible: responsible ?? user.id,
  };
}
