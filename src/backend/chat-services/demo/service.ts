import { ask, unreadable, type ServiceOptions } from '../ask.js';
import type { ChatService, OutgoingMessage, SentMessage } from '../chat-service.js';
import type { ChatServiceConfig } from '../../config.js';
import { demoFailure } from './failures.js';
import { readDemoStatus } from './status.js';

/** The sandbox's own chat service. It honours idempotency keys. */
export function demoService(
  { url, apiKey }: Extract<ChatServiceConfig, { name: 'demo' }>,
  options: ServiceOptions,
): ChatService {
  const address = url.replace(/\/+$/, '');
  const authorization = { Authorization: `Bearer ${apiKey}` };

  return {
    name: 'demo',
    title: 'Demo chat',

    async send({ to, text, idempotencyKey, statusUrl, signal }: OutgoingMessage): Promise<SentMessage> {
      const question = {
        url: `${address}/messages`,
        method: 'POST',
        headers: {
          ...authorization,
          'Content-Type': 'application/json',
          'Idempotency-Key': idempotencyKey,
        },
        body: JSON.stringify({ to, text, ...(isHere(statusUrl) && { status_url: statusUrl }) }),
        signal,
      } as const;
      const answer = await ask(question, options);
      if (answer.status !== 200 && answer.status !== 201) {
        throw demoFailure(answer, [to, text, apiKey], options.now());
      }
      const id = answer.json?.['id'];
      // It may have been taken all the same: the key makes it safe to ask again.
      if (typeof id !== 'string' || id === '') throw unreadable(answer);
      return { id };
    },

    readStatus: (report) => readDemoStatus(report, apiKey),

    async check(signal) {
      const answer = await ask(
        { url: `${address}/account`, method: 'GET', headers: authorization, signal },
        options,
      );
      if (answer.status !== 200) throw demoFailure(answer, [apiKey], options.now());
      if (answer.json === undefined) throw unreadable(answer);
    },
  };
}

/** The service reports to this machine alone, and refuses other addresses together with the message. */
function isHere(url: string | undefined): boolean {
  if (url === undefined) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}
