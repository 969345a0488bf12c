import { isRecord } from './fields.js';
import type { Fields } from './fields.js';
import type { ChatTemplate } from '../state.js';

/** Reads what a template is sent with; absent fields are left out. */
export function readChatTemplate(fields: Fields): Partial<ChatTemplate> {
  const examples = fields.raw('waba_examples');
  // An empty object is an empty array to PHP.
  const hasExamples = Array.isArray(examples) ? examples.length > 0 : fields.has('waba_examples');
  if (hasExamples) fields.object('waba_examples');
  const given = {
    name: fields.text('name', { least: 1, most: 255 }),
    content: fields.text('content', { least: 1 }),
    is_editable: fields.flag('is_editable'),
    type: fields.choice('type', ['amocrm', 'waba']),
    external_id: fields.isNull('external_id') ? null : fields.text('external_id', { most: 255 }),
    buttons: readButtons(fields),
    attachment: fields.isNull('attachment') ? null : readAttachment(fields),
    waba_footer: fields.text('waba_footer'),
    waba_category: fields.choice('waba_category', ['UTILITY', 'AUTHENTICATION', 'MARKETING', '']),
    waba_language: fields.text('waba_language'),
    waba_examples: isRecord(examples) ? examples : undefined,
    waba_header: fields.isNull('waba_header') ? null : fields.text('waba_header', { most: 60 }),
    waba_header_type: fields.isNull('waba_header_type')
      ? null
      : fields.choice('waba_header_type', ['text', 'media']),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function readButtons(fields: Fields): ChatTemplate['buttons'] | undefined {
  return fields.list('buttons')?.map((button) => {
    for (const name of ['type', 'text']) button.require(name);
    const type = button.choice('type', ['inline', 'url']) ?? 'inline';
    if (type === 'url') button.require('url');
    const url = type === 'url' ? button.text('url') : undefined;
    return { type, text: button.text('text', { least: 1 }) ?? '', ...(url === undefined ? {} : { url }) };
  });
}

function readAttachment(fields: Fields): ChatTemplate['attachment'] | undefined {
  const attachment = fields.object('attachment');
  if (!attachment) return undefined;
  for (const name of ['id', 'name', 'type']) attachment.require(name);
  return {
    id: attachment.text('id') ?? '',
    name: attachment.text('name') ?? '',
    type: attachment.choice('type', ['picture', 'file', 'document', 'video']) ?? 'file',
    is_external: true,
  };
}
