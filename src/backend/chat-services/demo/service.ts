import { unreadable, type ServiceOptions } from '../ask.js';
import type { ChatService, OutgoingMessage, SentMessage } from '../chat-service.js';
import type { ChatServiceConfig } from '../../config.js';
import { bodyOf, callsTo } from './calls.js';
import { readDemoStatus } from './status.js';

/** The sandbox's own chat service. It honours idempotency keys. */
export function demoService(
  { url, apiKey }: Pick<Extract<ChatServiceConfig, { name: 'demo' }>, 'url' | 'apiKey'>,
  options: ServiceOptions,
): ChatService {
  const call = callsTo(url, options);
  const authorization = `Bearer ${apiKey}`;

  return {
    name: 'demo',
    title: 'Demo chat',

    async send({
      to,
      text,
      idempotencyKey,
      statusUrl,
      media,
      signal,
    }: OutgoingMessage): Promise<SentMessage> {
      const answer = await call({
        method: 'POST',
        path: '/messages',
        authorization,
        headers: { 'Idempotency-Key': idempotencyKey },
        body: {
          to,
          text,
          ...(isHere(statusUrl) && { status_url: statusUrl }),
          ...(media && {
            media: { kind: media.kind, url: media.url, ...(media.fileName && { file_name: media.fileName }) },
          }),
        },
        hidden: [to, text, ...(media ? [media.url] : [])],
        signal,
      });
      const id = answer.json?.['id'];
      // It may have been taken all the same: the key makes it safe to ask again.
      if (typeof id !== 'string' || id === '') throw unreadable(answer);
      return { id };
    },

    readStatus: (report) => readDemoStatus(report, apiKey),

    async check(signal) {
      bodyOf(await call({ method: 'GET', path: '/account', authorization, signal }));
    },
  };
}

/** The service reports to this machine alone, and refuses other addresses together with the message. */
function isHere(url: string | undefined): boolean {
  if (url === undefined) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}
