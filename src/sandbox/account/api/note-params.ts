import type { Fields } from './fields.js';
import type { NoteType } from '../state.js';

type Kind = 'text' | 'whole' | 'number' | 'any';

/** Params of each note type; those marked `!` must be there (`platform/server.md §5.6`). */
const paramsOf: Readonly<Record<NoteType, Readonly<Record<string, Kind | `${Kind}!`>>>> = {
  common: { text: 'text!' },
  call_in: callParams(),
  call_out: callParams(),
  service_message: { service: 'text!', text: 'text!' },
  extended_service_message: { service: 'text!', text: 'text!' },
  message_cashier: { status: 'text!', text: 'text!' },
  geolocation: { text: 'text!', address: 'text!', longitude: 'any!', latitude: 'any!' },
  sms_in: { text: 'text!', phone: 'text!' },
  sms_out: { text: 'text!', phone: 'text!' },
  attachment: { file_uuid: 'text!', version_uuid: 'text', file_name: 'text!' },
};

const cashierStatuses = ['created', 'shown', 'canceled'] as const;

/** Reads `params` of a note; what the type does not know is dropped. */
export function readNoteParams(type: NoteType, fields: Fields): Record<string, unknown> {
  fields.require('params');
  const params = fields.object('params');
  if (!params) return {};
  const read: Record<string, unknown> = {};
  for (const [name, rule] of Object.entries(paramsOf[type])) {
    if (rule.endsWith('!')) params.require(name);
    const kind = rule.replace('!', '') as Kind;
    const value = readParam(params, name, kind);
    if (value !== undefined) read[name] = value;
  }
  if (type === 'message_cashier') params.choice('status', cashierStatuses);
  return read;
}

function readParam(params: Fields, name: string, kind: Kind): unknown {
  if (params.isNull(name)) return undefined;
  if (kind === 'text') return params.text(name);
  if (kind === 'whole') return params.whole(name);
  return params.raw(name);
}

function callParams() {
  return {
    uniq: 'text',
    duration: 'whole!',
    source: 'text!',
    link: 'text',
    phone: 'text!',
    call_result: 'text',
    call_status: 'whole',
    call_responsible: 'any',
  } as const;
}
