import type { Answer } from '../ask.js';
import { unreadable } from '../ask.js';
import { clientPhone } from '../client-phone.js';
import { entriesOf, fieldsOf, textOf } from '../json.js';
import type { CallGraph } from './api.js';

/** A number of a WhatsApp Business account. */
export interface BusinessNumber {
  readonly id: string;
  readonly name: string;
  readonly phone: string | undefined;
  /** Whether Cloud API sends from it already. */
  readonly isRegistered: boolean;
  /** Whether its owner has shown that it is theirs; only then can it be registered. */
  readonly isVerified: boolean;
}

/** developers.facebook.com/documentation/business-messaging/whatsapp/reference/whatsapp-business-phone-number */
export const numberFields = 'id,display_phone_number,verified_name,platform_type,code_verification_status';

/** @throws ChatServiceError when the answer is no number. */
export function readNumber(value: unknown, answer: Answer): BusinessNumber {
  const fields = fieldsOf(value);
  const id = textOf(fields['id']);
  const shown = textOf(fields['display_phone_number']);
  if (id === undefined || shown === undefined) throw unreadable(answer);
  return {
    id,
    name: textOf(fields['verified_name'])?.trim() ?? shown,
    phone: clientPhone(shown.replace(/\D/g, '')),
    isRegistered: fields['platform_type'] === 'CLOUD_API',
    isVerified: fields['code_verification_status'] === 'VERIFIED',
  };
}

/** Numbers of a WhatsApp Business account, the first hundred; @throws ChatServiceError. */
export async function listNumbers(
  call: CallGraph,
  { wabaId, token }: { wabaId: string; token: string },
): Promise<readonly BusinessNumber[]> {
  const answer = await call(`/${encodeURIComponent(wabaId)}/phone_numbers`, {
    token,
    query: { fields: numberFields, limit: '100' },
  });
  if (!Array.isArray(answer.json['data'])) throw unreadable(answer);
  return entriesOf(answer.json['data']).map((number) => readNumber(number, answer));
}
