import type { FastifyInstance } from 'fastify';
import { elementTypes } from '../../kommo/elements.js';
import { byUser } from '../account/changes.js';
import type { AccountContext } from '../account/context.js';
import { contactsOf } from '../account/links.js';
import { addNote } from '../account/notes.js';
import type { Account, EntityType } from '../account/state.js';
import type { Happening } from '../wire.js';
import { isLanguage } from '../languages.js';
import { happeningTraces } from './happening-traces.js';
import { choiceOf, inputOf, wholeOf } from './input.js';
import { Refusal } from './room.js';

/** The robot: nobody of the account has done it. */
const robot = byUser(0);

/**
 * `POST /sandbox/happenings`: an e-mail, a call, a visit of the site or a chat message comes in. It leaves a trace in
 * the feed, as on the platform: a call its own note; the others, whose entries in the feed the sandbox does not have,
 * a service note.
 */
export function happenings(room: FastifyInstance, context: AccountContext): void {
  room.post('/sandbox/happenings', (request, reply) => {
    const { event, element_type, id } = readHappening(context.account, request.body);
    const entity_type = typeOf(element_type);
    if (event === 'call_in') {
      const phone = phoneOf(context.account, entity_type, id);
      const params = { uniq: context.ids.uuid(), duration: 42, source: 'Sandbox', phone };
      // The note of a call tells the bus of the call by itself.
      addNote(context, { entity_type, entity_id: id, note_type: 'call_in', params }, robot);
    } else {
      const { lang } = context.account.users.get(context.account.current_user_id) ?? {};
      const text = happeningTraces[isLanguage(lang) ? lang : 'en'][event];
      const params = { service: 'Sandbox', text };
      addNote(context, { entity_type, entity_id: id, note_type: 'service_message', params }, robot);
      context.bus.emit(event, { element_type, id });
    }
    return reply.code(204).send();
  });
}

function readHappening(account: Account, body: unknown): Happening {
  const input = inputOf(body);
  const event = choiceOf(input, 'event', ['mail_in', 'call_in', 'site_visit', 'chat']);
  const element_type = choiceOf(input, 'element_type', [elementTypes.lead, elementTypes.customer]);
  const id = wholeOf(input, 'id', { least: 1 });
  const entity = account[typeOf(element_type)].get(id);
  if (entity === undefined || entity.is_deleted) {
    throw new Refusal(400, `id: there is no ${element_type === 2 ? 'lead' : 'customer'} ${id}.`);
  }
  return { event, element_type, id };
}

function typeOf(elementType: Happening['element_type']): 'leads' | 'customers' {
  return elementType === elementTypes.lead ? 'leads' : 'customers';
}

/** Of the main contact, as who calls; a made-up number where there is none. */
function phoneOf(account: Account, type: EntityType, id: number): string {
  const contacts = contactsOf(account, type, id);
  const main = contacts.find(({ is_main }) => is_main) ?? contacts[0];
  const values = account.contacts.get(main?.id ?? 0)?.custom_fields_values ?? [];
  const phone = values.find(({ field_code }) => field_code === 'PHONE')?.values[0]?.value;
  return phone === undefined ? '+15550100' : String(phone);
}
