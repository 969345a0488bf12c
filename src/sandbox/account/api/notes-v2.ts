import { callerOf } from './caller.js';
import { isRecord, readItems } from './fields.js';
import { sendHal } from './hal.js';
import { readNoteParams } from './note-params.js';
import { Problem } from './problem.js';
import { addNote } from '../notes.js';
import type { FastifyInstance } from 'fastify';
import type { AccountContext } from '../context.js';
import type { EntityType, NoteType } from '../state.js';

const noteTypeOf: Readonly<Record<number, NoteType>> = {
  4: 'common',
  10: 'call_in',
  11: 'call_out',
  25: 'service_message',
  102: 'sms_in',
  103: 'sms_out',
};

const entityTypeOf: Readonly<Record<number, EntityType>> = {
  1: 'contacts',
  2: 'leads',
  3: 'companies',
  12: 'customers',
};

/**
 * `POST /api/v2/notes`, the older form that integrations still use (`platform/server.md §5.6`). Numbers may come as
 * strings. Only type 25 is sourced; the others are the numbers that v2 had. What it answers is not sourced: items
 * with their ids, as the other v2 methods do.
 */
export function notesV2(app: FastifyInstance, context: AccountContext): void {
  app.post('/notes', (request, reply) => {
    const { user } = callerOf(request);
    const add = isRecord(request.body) ? request.body['add'] : undefined;
    if (add === undefined) throw new Problem(400, 'The body must be {"add":[…]}.');
    const drafts = readItems(add, ({ fields }) => {
      const noteType = noteTypeOf[fields.numeric('note_type') ?? 0];
      const entityType = entityTypeOf[fields.numeric('element_type') ?? 0];
      const entityId = fields.numeric('element_id') ?? 0;
      if (!noteType) fields.fail('note_type', 'NotSupportedChoice', 'There is no such note type.');
      if (!entityType) fields.fail('element_type', 'NotSupportedChoice', 'There is no such element type.');
      if (entityType && !context.account[entityType].has(entityId)) {
        fields.fail('element_id', 'NotSupportedChoice', 'There is no such element.');
      }
      const hasText = noteType === 'common' && !fields.has('params');
      if (hasText) fields.require('text');
      return {
        entity_type: entityType ?? 'leads',
        entity_id: entityId,
        note_type: noteType ?? 'common',
        params: hasText ? { text: fields.text('text') } : readNoteParams(noteType ?? 'common', fields),
      };
    });
    const items = drafts.map((draft) => {
      const { id } = addNote(context, draft, { by: user.id, triggersDigitalPipeline: true });
      return { id, _links: { self: { href: `/api/v2/notes?id=${id}`, method: 'get' } } };
    });
    sendHal(reply, { _links: { self: { href: '/api/v2/notes', method: 'post' } }, _embedded: { items } });
  });
}
