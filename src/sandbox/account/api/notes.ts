import { callerOf } from './caller.js';
import { readItem, readItems } from './fields.js';
import { requestLink, selfLink, sendHal, sendNothing, sendPage } from './hal.js';
import { readNoteParams } from './note-params.js';
import { filterOf, numbersOf, rangeOf, stringsOf } from './query.js';
import { nowSeconds } from '../context.js';
import { addNote } from '../notes.js';
import { entityTypes, noteTypes } from '../state.js';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Item } from './fields.js';
import type { Query } from './query.js';
import type { AccountContext } from '../context.js';
import type { EntityType, Note } from '../state.js';

interface ById {
  Params: { id: string };
  Querystring: Query;
}

/** Notes of the four entity types (`platform/server.md §5.6`). */
export function notes(app: FastifyInstance, context: AccountContext): void {
  for (const type of entityTypes) {
    const list = (request: FastifyRequest, entityId?: number) => ({
      name: 'notes',
      items: listNotes(context, type, request.query as Query, entityId),
      print: (note: Note) => noteView(context, note),
    });

    app.get<{ Querystring: Query }>(`/${type}/notes`, (request, reply) => {
      callerOf(request);
      sendPage(context, request, reply, list(request));
    });
    app.get<ById>(`/${type}/:id(^\\d+$)/notes`, (request, reply) => {
      callerOf(request);
      sendPage(context, request, reply, list(request, Number(request.params.id)));
    });
    app.get<ById>(`/${type}/notes/:id(^\\d+$)`, (request, reply) => {
      callerOf(request);
      const note = context.account.notes.get(Number(request.params.id));
      if (note?.entity_type === type) sendHal(reply, noteView(context, note));
      else sendNothing(reply);
    });

    app.post(`/${type}/notes`, (request, reply) => {
      sendHal(reply, write(context, type, request));
    });
    app.post<ById>(`/${type}/:id(^\\d+$)/notes`, (request, reply) => {
      sendHal(reply, write(context, type, request, Number(request.params.id)));
    });

    app.patch(`/${type}/notes`, (request, reply) => {
      const by = callerOf(request).user.id;
      const plans = readItems(request.body, (item) =>
        readChange(context, type, item, item.fields.whole('id')),
      );
      const changed = plans.map((plan) => change(context, plan, by));
      sendHal(reply, { _links: requestLink(context, request), _embedded: { notes: changed } });
    });
    app.patch<ById>(`/${type}/notes/:id(^\\d+$)`, (request, reply) => {
      const by = callerOf(request).user.id;
      const id = Number(request.params.id);
      const plan = readItem(request.body, (item) => readChange(context, type, item, id));
      sendHal(reply, change(context, plan, by));
    });
  }
}

function write(
  context: AccountContext,
  type: EntityType,
  request: FastifyRequest,
  entityId?: number,
): object {
  const { user } = callerOf(request);
  const plans = readItems(request.body, ({ request_id, fields }) => {
    if (entityId === undefined) fields.require('entity_id');
    const id = entityId ?? fields.whole('entity_id') ?? 0;
    if (!context.account[type].has(id))
      fields.fail('entity_id', 'NotSupportedChoice', 'There is no such entity.');
    fields.require('note_type');
    const noteType = fields.choice('note_type', noteTypes) ?? 'common';
    const responsible = fields.whole('responsible_user_id');
    return {
      request_id,
      draft: {
        entity_type: type,
        entity_id: id,
        note_type: noteType,
        params: readNoteParams(noteType, fields),
        responsible_user_id: responsible,
        created_at: fields.whole('created_at'),
      },
      cause: {
        by: fields.whole('created_by') ?? user.id,
        triggersDigitalPipeline: fields.flag('is_need_to_trigger_digital_pipeline') ?? true,
      },
    };
  });
  const added = plans.map(({ request_id, draft, cause }) => {
    const { id, entity_id } = addNote(context, draft, cause);
    return { id, entity_id, request_id, _links: selfLink(context, `/${type}/${entity_id}/notes/${id}`) };
  });
  return { _links: requestLink(context, request), _embedded: { notes: added } };
}

function readChange(context: AccountContext, type: EntityType, { request_id, fields }: Item, id?: number) {
  const note = context.account.notes.get(id ?? 0);
  if (note?.entity_type !== type) {
    fields.fail('id', 'NotSupportedChoice', 'There is no such note.');
    return { request_id, note: undefined, params: {} };
  }
  const noteType = fields.choice('note_type', noteTypes) ?? note.note_type;
  return { request_id, note, params: readNoteParams(noteType, fields) };
}

function change(context: AccountContext, plan: ReturnType<typeof readChange>, by: number): object {
  const { note, params, request_id } = plan;
  if (!note) return {};
  note.params = { ...note.params, ...params };
  note.updated_at = nowSeconds(context);
  note.updated_by = by;
  const { id, entity_id, updated_at } = note;
  return { id, entity_id, updated_at, request_id, _links: noteView(context, note)._links };
}

function listNotes({ account }: AccountContext, type: EntityType, query: Query, entityId?: number): Note[] {
  const filter = filterOf(query);
  const ids = numbersOf(filter['id'], 'filter[id]');
  const kinds = stringsOf(filter['note_type']);
  const updated = rangeOf(filter['updated_at'], 'filter[updated_at]');
  return [...account.notes.values()].filter(
    (note) =>
      note.entity_type === type &&
      (entityId === undefined || note.entity_id === entityId) &&
      (!ids || ids.includes(note.id)) &&
      (!kinds || kinds.includes(note.note_type)) &&
      (!updated || (note.updated_at >= updated.from && note.updated_at <= updated.to)),
  );
}

function noteView(context: AccountContext, { entity_type, ...note }: Note) {
  return { ...note, _links: selfLink(context, `/${entity_type}/${note.entity_id}/notes/${note.id}`) };
}
