import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ServiceOptions } from '../../../../src/backend/chat-services/ask.js';
import type { ChatServiceDefinition } from '../../../../src/backend/chat-services/definition.js';
import { describeChatService } from '../service/describe-chat-service.js';
import type { Refused } from '../service/under-test.js';
import { describeDefinition } from '../definition/describe-definition.js';
import { parrotDefinition } from './definition.js';
import { parrotKey, parrotSignature, startParrotServer } from './parrot-server.js';

const anotherKey = 'another-key-of-parrot';

function definition({ url, timeout = 10_000 }: { url: string; timeout?: number }): ChatServiceDefinition {
  const options: ServiceOptions = { fetch, timeout, now: () => new Date() };
  return parrotDefinition({ name: 'parrot', url }, options);
}

function refused(status: number, kind: Refused['kind'], reason: Refused['reason']): Refused {
  const error = `Not "{text}" to {to} with ${parrotKey}`;
  return { answer: { status, body: JSON.stringify({ error }) }, kind, reason };
}

describeChatService({
  title: 'The example',
  honoursKeys: true,
  secrets: [parrotKey, anotherKey],
  signatureHeader: 'x-parrot-signature',
  refusals: {
    'a key that it does not know': refused(401, 'not_connected', 'not_connected'),
    'no number': refused(422, 'permanent', 'number_refused'),
    'too many requests': refused(429, 'temporary', 'service_unavailable'),
    'trouble of its own': refused(500, 'temporary', 'service_unavailable'),
  },
  async start() {
    const server = await startParrotServer();
    return {
      url: server.url,
      adapter: ({ wrongKey, ...at }) =>
        definition(at).open({ key: wrongKey === true ? anotherKey : parrotKey }),
      taken: () => server.messages,
      report: (id, status, hookUrl) => server.tell({ event: 'status', id, status }, hookUrl),
      close: () => server.close(),
    };
  },
});

describeDefinition({
  title: 'The example',
  secrets: [parrotKey, anotherKey],
  signatureHeader: 'x-parrot-signature',
  has: { oauth: false, qr: false, apiKey: true, media: 'none', signOut: false, appHook: false },
  async start() {
    const server = await startParrotServer();
    return {
      url: server.url,
      definition,
      connect: async () => {
        const account = await definition(server).apiKey?.complete({ key: parrotKey });
        if (account === undefined) throw new Error('The example has no API key.');
        return account;
      },
      wrongCredentials: { key: anotherKey },
      taken: () => server.messages,
      write: ({ from, text }) =>
        server.tell({ event: 'message', id: randomUUID(), from, at: Date.now(), text }),
      report: (id, status) => server.tell({ event: 'status', id, status }),
      sign: ({ body }) => ({ 'x-parrot-signature': parrotSignature(body) }),
      nonsense: ['{"event":"message","id":"1","from":"Ana"}', '{"event":"status","id":"1","status":"new"}'],
      apiKey: {
        values: { key: parrotKey },
        wrong: { 'another key': { values: { key: anotherKey }, problem: 'wrong_credentials' } },
      },
      close: () => server.close(),
    };
  },
});

test.each([
  ['definition.ts', 'src/backend/chat-services/parrot/definition.ts'],
  ['example.test.ts', 'test/backend/chat-services/parrot.test.ts'],
])('docs/chat-services.md shows %s as it is', (file, title) => {
  const page = readFileSync(new URL('../../../../docs/chat-services.md', import.meta.url), 'utf8');
  const [, shown] = new RegExp(`^// ${title}\n([^]*?)^\`\`\`$`, 'm').exec(page) ?? [];
  const source = readFileSync(new URL(file, import.meta.url), 'utf8');
  // What is shown stands in the places where such files go.
  const expected =
    file === 'definition.ts'
      ? source
      : source.slice(source.indexOf('describeDefinition({'), source.indexOf('test.each(['));
  // Shorter paths let lines be joined.
  const bare = (text = ''): string =>
    text
      .replaceAll('../../../../src/backend/chat-services/', '../')
      .replaceAll(/\s/g, '')
      .replaceAll(/,(?=[}\])])/g, '');
  expect(bare(shown)).toBe(bare(expected));
});
