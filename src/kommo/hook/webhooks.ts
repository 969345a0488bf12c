import { customFieldsOf } from './custom-fields.js';
import type { WebhookBody, WebhookEntity, WebhookEvent } from './events.js';
import { entriesOf, fieldsOf, idOf, secondsOf, subdomainOf, textOf } from './read-values.js';
import type { Fields } from './read-values.js';

export type WebhookResult =
  | { readonly ok: true; readonly body: WebhookBody }
  /** Not a general webhook at all; a sentence for whoever sent it. */
  | { readonly ok: false; readonly fault: string };

const entities = [
  'leads',
  'contacts',
  'companies',
  'customers',
  'catalogs',
  'task',
  'unsorted',
  'message',
  'talk',
] as const satisfies readonly WebhookEntity[];

/**
 * Reads a general webhook (`platform/server.md §4.2`). One body may hold several entities, actions and entries; the
 * platform is known to send one at a time. Entities that are not known, and entries that are no objects, are passed
 * over: what the platform adds must not make its hooks fail.
 *
 * @param body As `readHookBody` gives it.
 */
export function readWebhookBody(body: Fields): WebhookResult {
  const account = fieldsOf(body['account']);
  const known = entities.filter((entity) => fieldsOf(body[entity]) !== undefined);
  if (account === undefined && known.length === 0) {
    return {
      ok: false,
      fault: `A webhook was expected, with an object in "account" and in one of ${entities.join(', ')}.`,
    };
  }
  const events = known.flatMap((entity) =>
    Object.entries(fieldsOf(body[entity]) ?? {}).flatMap(([action, entries]) =>
      /^[a-z_]{1,40}$/.test(action) ? eventsOf(entity, action, entries) : [],
    ),
  );
  return {
    ok: true,
    body: {
      // Old hooks have no account's id but that in their entries.
      accountId:
        idOf(account?.['id']) ??
        events.map((event) => idOf(event.fields['account_id'])).find((id) => id !== undefined),
      subdomain: subdomainOf(account?.['subdomain']),
      events,
    },
  };
}

function eventsOf(entity: WebhookEntity, action: string, entries: unknown): WebhookEvent[] {
  return entriesOf(entries).flatMap((entry) => {
    const sent = fieldsOf(entry);
    if (sent === undefined || Object.keys(sent).length === 0) return [];
    const { custom_fields, ...fields } = sent;
    const isCompany = entity === 'contacts' && fields['type'] === 'company';
    return [
      {
        entity: isCompany ? 'companies' : entity,
        action,
        id: idIn(entity, fields),
        fields,
        customFields: customFieldsOf(custom_fields),
        changedAt: changedAtIn(action, fields),
      },
    ];
  });
}

/** Of a note the id of the entity in whose feed it is. */
function idIn(entity: WebhookEntity, fields: Fields): string | undefined {
  const note = fieldsOf(fields['note']);
  if (note !== undefined) return numberText(note['element_id']);
  if (entity === 'unsorted') return uidOf(fields['uid']);
  if (entity === 'message') return uidOf(fields['id']);
  return numberText(fields[entity === 'talk' ? 'talk_id' : 'id']);
}

/** What is deleted tells when it was created, and not when it was deleted. */
function changedAtIn(action: string, fields: Fields): number | undefined {
  const { updated_at, last_modified, created_at, date_create } = fieldsOf(fields['note']) ?? fields;
  const changed = secondsOf(updated_at) ?? secondsOf(last_modified);
  return changed ?? (action === 'delete' ? undefined : (secondsOf(created_at) ?? secondsOf(date_create)));
}

function numberText(value: unknown): string | undefined {
  return idOf(value)?.toString();
}

function uidOf(value: unknown): string | undefined {
  const text = textOf(value)?.trim();
  return text !== undefined && text.length > 0 && text.length <= 200 ? text : undefined;
}
