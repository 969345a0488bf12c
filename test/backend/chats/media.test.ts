import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { expect, it, vi } from 'vitest';
import { sharedStore } from '../installations/support/connected.js';
import type { Handler } from '../installations/support/connected.js';
import { openChatAccount } from './support/chat-account.js';

/** What is waited for comes late on a busy machine. */
const soon = { timeout: 20_000 };
vi.setConfig({ testTimeout: 120_000 });

const store = sharedStore();

const serving =
  (type: string, bytes: string | Buffer, status = 200): Handler =>
  (_request, response) => {
    response.writeHead(status, { 'Content-Type': type });
    response.end(bytes);
  };

async function openWithMedia(options: Parameters<typeof openChatAccount>[1] = {}) {
  const opened = await openChatAccount(store(), options);
  const channel = await opened.useChannel();
  const media = { kind: 'file', ref: 'the-file', fileName: 'naïve "plan".html' } as const;
  await opened.write(channel, { media });
  await expect.poll(() => opened.sandbox.account.messages.size, soon).toBe(1);
  const [message] = opened.sandbox.account.messages.values();
  return { opened, link: String(message?.content['media']) };
}

it('gives what a client sent to whoever has its link, with our access data, and to nobody else', async () => {
  const { opened, link } = await openWithMedia();
  expect(link.startsWith(`${opened.url}/chat-media/`)).toBe(true);
  let asked = '';
  opened.service.media = (request, response, body) => {
    asked = request.url ?? '';
    serving('image/png', 'a picture')(request, response, body);
  };
  const answer = await fetch(link);
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe('a picture');
  expect(asked).toBe('/media/the-file');
  expect(answer.headers.get('content-type')).toBe('image/png');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('content-disposition')).toMatch(/^inline/);

  const [, message = '', signature = ''] = /chat-media\/(.*)\/(.*)$/.exec(link) ?? [];
  const changed = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
  for (const wrong of [`${message}/${changed}`, `${message}/x`, `${opened.installationId}/${signature}`]) {
    expect((await fetch(`${opened.url}/chat-media/${wrong}`)).status).toBe(404);
  }
});

it.each(['text/html', 'image/svg+xml', 'application/pdf'])(
  'has browsers save %s, and never show it',
  async (type) => {
    const { opened, link } = await openWithMedia();
    opened.service.media = serving(type, '<script>alert(1)</script>');
    const { headers } = await fetch(link);
    expect(headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''na%C3%AFve%20%22plan%22.html",
    );
    expect(headers.get('content-type')).toContain(type);
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
  },
);

it('says what is wrong when the service does not give it', async () => {
  const { opened, link } = await openWithMedia({ options: { media: { mostBytes: 1000 } } });
  const statusOf = async () => (await fetch(link)).status;
  opened.service.media = serving('text/plain', '', 404);
  expect(await statusOf()).toBe(404);
  opened.service.media = serving('text/plain', '', 500);
  expect(await statusOf()).toBe(502);
  opened.service.media = (_request, response) => {
    response.writeHead(200, { 'Content-Length': '1001' }).end('x'.repeat(1001));
  };
  expect(await statusOf()).toBe(413);
  opened.service.media = (_request, response) => {
    response.end('x'.repeat(1001));
  };
  expect(await statusOf()).toBe(413);

  /** Whether the rest comes, of which the service does this once the first bytes are here. */
  const isWhole = async (headers: OutgoingHttpHeaders, rest: (response: ServerResponse) => void) => {
    let go: () => void = () => undefined;
    opened.service.media = (_request, response) => {
      response.writeHead(200, headers).write('x'.repeat(600));
      go = () => {
        rest(response);
      };
    };
    const reader = (await fetch(link)).body?.getReader();
    await reader?.read();
    go();
    try {
      while ((await reader?.read())?.done === false);
      return true;
    } catch {
      return false;
    }
  };
  expect(await isWhole({}, (response) => response.end('x'.repeat(300)))).toBe(true);
  expect(await isWhole({}, (response) => response.end('x'.repeat(600)))).toBe(false);
  expect(await isWhole({ 'Content-Length': '900' }, (response) => response.destroy())).toBe(false);
  expect(opened.context.lines.join('')).not.toContain('A bug of ours');
});
