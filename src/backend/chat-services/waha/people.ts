import { clientPhone } from '../client-phone.js';
import { fieldsOf, textOf } from '../json.js';
import type { WahaApi } from './api.js';

/**
 * The chat of a number: its digits and `@c.us` (waha.devlike.pro/docs/how-to/receive-messages, "chatId, from, to").
 *
 * @param phone E.164.
 */
export function chatOf(phone: string): string {
  return `${phone.replace(/\D/g, '')}@c.us`;
}

/**
 * E.164 of `15550100@c.us`, and of the same with a device (`15550100:4@c.us`) or as the engines write it
 * (`15550100@s.whatsapp.net`). Undefined for groups, channels, stories and hidden numbers.
 */
export function phoneOf(chat: unknown): string | undefined {
  const [, digits] = /^(\d+)(?::\d+)?@(?:c\.us|s\.whatsapp\.net)$/.exec(textOf(chat) ?? '') ?? [];
  return clientPhone(digits);
}

/** Whether WhatsApp hides the number of the sender behind an id of its own. */
export function isHidden(chat: unknown): boolean {
  return /^\d+(?::\d+)?@lid$/.test(textOf(chat) ?? '');
}

/**
 * E.164 of a hidden sender where the message itself has it, in what the engine adds: NOWEB tells it in the key of the
 * message, GOWS in its information.
 */
export function alsoKnownAs(data: unknown): string | undefined {
  const { key, Info: information } = fieldsOf(data);
  const { remoteJidAlt, senderPn } = fieldsOf(key);
  return phoneOf(remoteJidAlt) ?? phoneOf(senderPn) ?? phoneOf(fieldsOf(information)['SenderAlt']);
}

/**
 * E.164 of a hidden sender as far as the session knows it (`GET /api/{session}/lids/{lid}`, waha.devlike.pro/docs/how-to/contacts);
 * undefined when WhatsApp has not told it.
 *
 * @throws ChatServiceError as {@link WahaApi.call}.
 */
export async function findPhone(api: WahaApi, session: string, lid: string): Promise<string | undefined> {
  const { json } = await api.object(`/api/${encodeURIComponent(session)}/lids/${encodeURIComponent(lid)}`, {
    hidden: [lid],
  });
  return phoneOf(json['pn']);
}
