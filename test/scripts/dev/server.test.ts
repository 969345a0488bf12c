import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../scripts/cli/errors.js';
import { type DevServer, serveWidget } from '../../../scripts/dev/server.js';

let server: DevServer;

beforeEach(async () => {
  const files = new Map([['images/a b.png', Buffer.from('picture')]]);
  server = await serveWidget(() => files, { port: 0 });
});

afterEach(() => server.close());

/** The first line of the answer to a request that no well-behaved client would send. */
async function ask(requestLine: string): Promise<string> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.write(`${requestLine}\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  return (await text(socket)).split('\r\n')[0] ?? '';
}

describe('the development server', () => {
  it('gives the files of the widget to pages of other origins, and keeps none in a cache', async () => {
    const answer = await fetch(`${server.url}/images/a%20b.png?v=1`);
    expect(await answer.text()).toBe('picture');
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'no-store',
    });
  });

  it.each(['GET /%E0%A4%A HTTP/1.1', 'GET // HTTP/1.1', 'GET /../manifest.json HTTP/1.1', 'GET * HTTP/1.1'])(
    'answers %s with 404 and goes on',
    async (requestLine) => {
      expect(await ask(requestLine)).toBe('HTTP/1.1 404 Not Found');
      expect((await fetch(`${server.url}/images/a%20b.png`)).status).toBe(200);
    },
  );

  it('says in a line that its port is taken', async () => {
    const port = Number(new URL(server.url).port);
    await expect(serveWidget(() => new Map(), { port })).rejects.toThrow(UserError);
  });
});
