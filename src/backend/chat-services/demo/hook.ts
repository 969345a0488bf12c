import type { StatusReport } from '../chat-service.js';
import { clientPhone } from '../client-phone.js';
import { mediaKinds, type IncomingMessage, type Media, type ServiceEvent } from '../definition.js';
import { fieldsOf, parseBody } from '../json.js';
import { isSignedByDemo, readDemoStatus } from './status.js';

/**
 * Reads a call of the service to an account's webhook, signed as its reports are:
 *
 * | `type`       | with                                                                     |
 * | ------------ | ------------------------------------------------------------------------ |
 * | `message`    | `message: { id, from, name, at, text, media? }`, `at` in Unix seconds    |
 * | `status`     | `id, status, error?`; the same without `type` at an address that came with a message |
 * | `signed_out` | nothing                                                                  |
 *
 * Undefined when the signature is wrong; a type that is not known yet tells nothing.
 */
export function readDemoHook(report: StatusReport, token: string): readonly ServiceEvent[] | undefined {
  if (!isSignedByDemo(report, token)) return undefined;
  const { type, message } = fieldsOf(parseBody(report.body));
  switch (type) {
    case undefined:
    case 'status':
      return readDemoStatus(report, token)?.map((update) => ({ kind: 'status', ...update }));
    case 'signed_out':
      return [{ kind: 'signed_out' }];
    case 'message':
      return readMessage(message);
    default:
      return [];
  }
}

function readMessage(value: unknown): readonly IncomingMessage[] {
  const { id, from, name, at, text, media } = fieldsOf(value);
  const phone = clientPhone(from);
  if (typeof id !== 'string' || id === '' || phone === undefined || typeof at !== 'number') return [];
  const passed = readMedia(media);
  return [
    {
      kind: 'message',
      id,
      from: phone,
      at: new Date(at * 1000),
      ...(typeof name === 'string' && name.trim() !== '' && { name: name.trim() }),
      ...(typeof text === 'string' && text !== '' && { text }),
      ...(passed && { media: passed }),
    },
  ];
}

function readMedia(value: unknown): Media | undefined {
  const { kind, url, file_name: fileName, size } = fieldsOf(value);
  if (typeof url !== 'string' || !/^https?:\/\//.test(url)) return undefined;
  return {
    kind: mediaKinds.find((known) => known === kind) ?? 'file',
    url,
    ...(typeof fileName === 'string' && fileName !== '' && { fileName }),
    ...(typeof size === 'number' && { size }),
  };
}
