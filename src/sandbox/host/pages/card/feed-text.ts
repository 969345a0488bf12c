import type { CustomField, CustomFieldValue, HistoryEvent, Note } from '../../../account/state.js';
import type { Session } from '../../../wire.js';
import type { Translate } from '../../words/words.js';
import { userName } from './model.js';
import type { FeedKey } from './feed-words.js';

/** What an entry says: a heading, and what came with it. */
export interface EntryText {
  readonly title: string;
  readonly text: string;
  /** A link to a recording or to a place. */
  readonly link?: string;
}

export interface TextParts {
  readonly t: Translate<FeedKey>;
  readonly session: Session;
  readonly fields: readonly CustomField[];
  /** Name of an entity that is linked to the card. */
  nameOf(singular: string, id: number): string | undefined;
}

/** A note in words (`platform/server.md §5.6`). Its params are whatever was sent. */
export function noteText({ note_type, params }: Note, { t }: TextParts): EntryText {
  const text = asText(params['text']);
  switch (note_type) {
    case 'common':
      return { title: t('note'), text };
    case 'call_in':
    case 'call_out': {
      const link = asText(params['link']);
      const title = `${t(note_type)} ${asText(params['phone'])}`.trim();
      const seconds = Number(params['duration'] ?? 0);
      const result = asText(params['call_result']);
      const parts = [t('duration', { time: duration(seconds) }), asText(params['source']), result];
      return {
        title,
        text: parts.filter((part) => part !== '').join(' · '),
        ...(/^https?:\/\//.test(link) && { link }),
      };
    }
    case 'sms_in':
    case 'sms_out':
      return { title: `${t(note_type)} ${asText(params['phone'])}`.trim(), text };
    case 'service_message':
    case 'extended_service_message':
      return { title: asText(params['service']), text };
    case 'message_cashier':
      return { title: `${t('message_cashier')}: ${asText(params['status'])}`, text };
    case 'geolocation':
      return { title: `${t('geolocation')}: ${asText(params['address'])}`, text };
    case 'attachment':
      return { title: t('attachment'), text: asText(params['file_name']) };
  }
}

/** An entry of the history in words; one that has no words here shows its name in the API. */
export function eventText(
  event: Pick<HistoryEvent, 'type'> & Partial<HistoryEvent>,
  parts: TextParts,
): EntryText {
  const { t, session, fields } = parts;
  const [before, after] = [firstOf(event.value_before), firstOf(event.value_after)];
  const change = (title: string, old: string, now: string): EntryText => ({
    title,
    text: old === '' ? now : `${old} → ${now === '' ? t('empty') : now}`,
  });
  const inner = (value: Part, name: string, key: string): string => asText(asPart(value[name])[key]);

  const custom = /^custom_field_(\d+)_value_changed$/.exec(event.type);
  if (custom !== null) {
    const name = fields.find(({ id }) => id === Number(custom[1]))?.name ?? event.type;
    return change(name, valuesText(before, parts), valuesText(after, parts));
  }
  switch (event.type) {
    case 'name_field_changed':
      return change(
        t('nameChanged'),
        inner(before, 'name_field_value', 'name'),
        inner(after, 'name_field_value', 'name'),
      );
    case 'sale_field_changed':
      return change(
        t('saleChanged'),
        inner(before, 'sale_field_value', 'sale'),
        inner(after, 'sale_field_value', 'sale'),
      );
    case 'entity_responsible_changed': {
      const name = (value: Part): string => {
        const id = inner(value, 'responsible_user', 'id');
        return userName(session, Number(id)) ?? id;
      };
      return change(t('responsibleChanged'), name(before), name(after));
    }
    case 'lead_status_changed':
      return change(t('stageChanged'), leadStage(before, session), leadStage(after, session));
    case 'customer_status_changed':
      return change(t('stageChanged'), customerStage(before, session), customerStage(after, session));
    case 'entity_linked':
    case 'entity_unlinked': {
      const { type, id } = asPart(
        asPart(asPart(event.type === 'entity_linked' ? after : before)['link'])['entity'],
      );
      const name = parts.nameOf(asText(type), Number(id)) ?? `#${asText(id)}`;
      return { title: t(event.type === 'entity_linked' ? 'linked' : 'unlinked'), text: name };
    }
    default: {
      const word = /_(added|deleted|restored|completed)$/.exec(event.type)?.[1] as
        'added' | 'deleted' | 'restored' | 'completed' | undefined;
      const subject = event.type.startsWith('task_') ? `${t('task')}: ` : '';
      return { title: word === undefined ? event.type : `${subject}${t(word)}`, text: '' };
    }
  }
}

type Part = Readonly<Record<string, unknown>>;

function firstOf(values: readonly unknown[] = []): Part {
  return asPart(values[0]);
}

function asPart(value: unknown): Part {
  return typeof value === 'object' && value !== null ? (value as Part) : {};
}

function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function valuesText(part: Part, { t }: TextParts): string {
  const { field_type, values } = asPart(part['custom_field_value']);
  const list: readonly unknown[] = Array.isArray(values) ? values : [];
  return list
    .map((one) => {
      const { value } = one as CustomFieldValue;
      if (typeof value === 'boolean') return t(value ? 'on' : 'off');
      const isDate = field_type === 'date' || field_type === 'birthday';
      return isDate ? new Date(Number(value) * 1000).toISOString().slice(0, 10) : String(value);
    })
    .join(', ');
}

function leadStage(part: Part, { pipelines }: Session): string {
  const { id, pipeline_id } = asPart(part['lead_status']);
  const pipeline = pipelines.find((one) => one.id === pipeline_id);
  return pipeline?.statuses.find((status) => status.id === id)?.name ?? asText(id);
}

function customerStage(part: Part, { customer_statuses }: Session): string {
  const { id } = asPart(part['customer_status']);
  return customer_statuses.find((status) => status.id === id)?.name ?? asText(id);
}

function duration(seconds: number): string {
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.round(seconds)) : 0;
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
