import { createHash } from 'node:crypto';
import { isOnlyMain } from '../../../contract/dp-settings.js';
import type { MessageReason, MessageState } from '../../../contract/message-outcomes.js';
import type { ElementType } from '../../../kommo/elements.js';
import type { NoteLanguage } from '../../config.js';
import type { Installation } from '../../installations/tables.js';
import type { Directory } from '../../kommo-api/directory.js';
import { type ApiContact, type ApiEntity, readContact, readEntity } from '../../kommo-api/entities.js';
import type { KommoApi } from '../../kommo-api/kommo-api.js';
import type { Event } from '../../receiving/tables.js';
import { storable } from '../../store/storable.js';
import { macroValues, neededFor, renderText } from './macro-values.js';
import { emailOf, phoneOf } from './phones.js';
import { recipients } from './recipients.js';

/** A message to one recipient, or why there will be none. */
export interface PlannedMessage {
  readonly contactId: number | null;
  readonly contactName: string | null;
  /** E.164. */
  readonly phone: string | null;
  readonly text: string | null;
  /** Equal for the same text to the same number. */
  readonly textHash: string | null;
  readonly state: Extract<MessageState, 'queued' | 'skipped' | 'failed'>;
  readonly reason: MessageReason | null;
}

export interface PlanOptions {
  readonly api: KommoApi;
  readonly directory: Directory;
  readonly installation: Installation;
  readonly language: NoteLanguage;
}

/**
 * Who gets which text for an event, as the account stands now: the hook tells only that something has happened
 * (`platform/server.md §3.5`). Rejects with `KommoApiError` when the account cannot be asked.
 */
export async function planMessages(event: Event, options: PlanOptions): Promise<readonly PlannedMessage[]> {
  const { api } = options;
  const elementType = event.elementType as ElementType;
  const entity = await readEntity(api, elementType, event.elementId);
  if (entity === undefined) return [nobody('entity_gone')];
  const ids = recipients(entity, { onlyMain: isOnlyMain(event.settings['only_main']) });
  if (ids.length === 0) return [nobody('no_contact')];
  const contacts = await Promise.all(ids.map((id) => readContact(api, id)));
  const render = await renderer(event, entity, options);
  const planned: PlannedMessage[] = [];
  for (const [place, id] of ids.entries()) {
    const message = planFor(id, contacts[place], options.installation, render);
    const isServed =
      message.state === 'queued' &&
      planned.some(({ state, phone }) => state === 'queued' && phone === message.phone);
    planned.push(isServed ? { ...message, state: 'skipped', reason: 'number_served' } : message);
  }
  return planned;
}

/** The one outcome of an event that reaches no recipient. */
export function nobody(reason: MessageReason, state: 'skipped' | 'failed' = 'skipped'): PlannedMessage {
  return { contactId: null, contactName: null, phone: null, text: null, textHash: null, state, reason };
}

type Render = (contact: ApiContact, phone: string) => string;

function planFor(
  contactId: number,
  contact: ApiContact | undefined,
  { id: installationId, country }: Installation,
  render: Render,
): PlannedMessage {
  const skipped = (reason: MessageReason, rest: Partial<PlannedMessage> = {}): PlannedMessage => ({
    ...nobody(reason),
    contactId,
    ...rest,
  });
  if (contact === undefined) return skipped('entity_gone');
  const contactName = contact.name ?? null;
  const found = phoneOf(contact, country ?? undefined);
  if (!found.ok)
    return skipped(found.reason, {
      contactName,
      phone: found.reason === 'invalid_phone' ? found.spelling : null,
    });
  const { phone } = found;
  const text = storable(render(contact, phone));
  if (text === '') return skipped('empty_text', { contactName, phone });
  const textHash = createHash('sha256')
    .update(JSON.stringify([installationId, phone, text]))
    .digest('hex');
  return { contactId, contactName, phone, text, textHash, state: 'queued', reason: null };
}

/** Reads what the macros of the event's message need, and no more. */
async function renderer(
  { settings, elementType, installationId }: Event,
  entity: ApiEntity,
  { directory, installation, language }: PlanOptions,
): Promise<Render> {
  const message = typeof settings['message'] === 'string' ? settings['message'] : '';
  const needed = neededFor(message);
  const type = elementType as ElementType;
  const managerId = entity.responsible_user_id ?? undefined;
  const manager =
    needed.manager && managerId !== undefined ? await directory.user(installationId, managerId) : undefined;
  const place = needed.pipeline
    ? await directory.place(installationId, type, {
        pipelineId: entity.pipeline_id ?? undefined,
        statusId: entity.status_id ?? undefined,
      })
    : undefined;
  return (contact, phone) =>
    renderText(
      message,
      macroValues({
        entity,
        elementType: type,
        contact,
        phone,
        email: emailOf(contact),
        manager,
        pipelineName: place?.pipelineName,
        stageName: place?.stageName,
        origin: installation.origin,
        currency: installation.currency ?? undefined,
        country: installation.country ?? undefined,
        language,
      }),
    );
}
