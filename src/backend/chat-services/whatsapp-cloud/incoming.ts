import { clientPhone } from '../client-phone.js';
import type { IncomingMessage, Media } from '../definition.js';
import { entriesOf, fieldsOf, textOf } from '../json.js';
import { contactText, locationText } from '../spelled-out.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Messages that clients have written (developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages).
 * Reactions, orders, system messages, messages of groups and those that Meta passes on as unsupported tell nothing; nor do
 * those of people who show their user name alone, for whom Meta gives no number.
 */
export function readMessages(value: Fields): readonly IncomingMessage[] {
  const names = new Map(
    entriesOf(value['contacts'])
      .map(fieldsOf)
      .map(({ wa_id: id, profile }) => [id, textOf(fieldsOf(profile)['name'])?.trim()] as const),
  );
  return entriesOf(value['messages'])
    .map(fieldsOf)
    .flatMap((message) => readMessage(message, names.get(message['from'])));
}

function readMessage(message: Fields, name: string | undefined): readonly IncomingMessage[] {
  const id = textOf(message['id']);
  const from = clientPhone(message['from']);
  const seconds = Number(textOf(message['timestamp']) ?? NaN);
  if (id === undefined || from === undefined || Number.isNaN(seconds)) return [];
  if (message['group_id'] !== undefined) return [];
  const media = readMedia(message);
  const text = readText(message) ?? (media && textOf(fieldsOf(message[String(message['type'])])['caption']));
  if (text === undefined && media === undefined) return [];
  return [
    {
      kind: 'message',
      id,
      from,
      at: new Date(seconds * 1000),
      ...(name !== undefined && { name }),
      ...(text !== undefined && { text }),
      ...(media && { media }),
    },
  ];
}

const kinds: ReadonlyMap<unknown, Media['kind']> = new Map([
  ['image', 'picture'],
  ['video', 'video'],
  ['audio', 'audio'],
  ['document', 'file'],
  ['sticker', 'sticker'],
]);

/** `{ type: 'image', image: { id, caption } }` and the like; the file is fetched by its id. */
function readMedia(message: Fields): Media | undefined {
  const kind = kinds.get(message['type']);
  const { id, filename, voice } = fieldsOf(message[String(message['type'])]);
  const ref = textOf(id);
  if (kind === undefined || ref === undefined) return undefined;
  const fileName = textOf(filename);
  return {
    kind: voice === true ? 'voice' : kind,
    ref,
    ...(fileName !== undefined && { fileName }),
  };
}

function readText({ type, text, button, interactive, location, contacts }: Fields): string | undefined {
  switch (type) {
    case 'text':
      return textOf(fieldsOf(text)['body']);
    case 'button':
      return textOf(fieldsOf(button)['text']);
    case 'interactive': {
      const { button_reply: pressed, list_reply: chosen, nfm_reply: form } = fieldsOf(interactive);
      return (
        textOf(fieldsOf(pressed)['title']) ??
        textOf(fieldsOf(chosen)['title']) ??
        textOf(fieldsOf(form)['body'])
      );
    }
    case 'location': {
      const { latitude, longitude, name, address } = fieldsOf(location);
      return locationText({ latitude, longitude, name, address });
    }
    case 'contacts':
      return textOf(entriesOf(contacts).map(fieldsOf).flatMap(spellOut).join('\n\n'));
    default:
      return undefined;
  }
}

function spellOut({ name, phones }: Fields): readonly string[] {
  return contactText({
    name: textOf(fieldsOf(name)['formatted_name'])?.trim(),
    phones: entriesOf(phones).flatMap((one) => textOf(fieldsOf(one)['phone']) ?? []),
  });
}
