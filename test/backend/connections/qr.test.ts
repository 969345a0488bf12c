import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { type Attempt, attempt } from '../../../src/contract/connections-api.js';
import { sharedStore } from '../installations/support/connected.js';
import { openConnections, type TestConnections } from './support/connections.js';

const store = sharedStore();

const look = async ({ call }: TestConnections, id: string): Promise<Attempt> =>
  attempt.parse((await call('GET', `/connections/attempts/${id}`)).body);

/** A picture as services give one. */
const png = PNG.sync.write(new PNG({ width: 40, height: 40 })).toString('base64');

const session = ({ service }: TestConnections, id: string) => {
  const found = service.sessions.get(id);
  if (found === undefined) throw new Error('There is no such session.');
  return found;
};

/** Asks until the answer is as expected. */
const until = (connections: TestConnections, id: string, expected: object): Promise<void> =>
  expect.poll(() => look(connections, id), { interval: 200, timeout: 15_000 }).toMatchObject(expected);

describe('Scanning a code', () => {
  it('shows the service’s picture, then connects who has scanned it', async () => {
    const connections = await openConnections(store());
    const begun = await connections.begin('qr');
    expect(begun.prompt).toEqual({ kind: 'qr', image: null, expires_at: null });
    session(connections, begun.id).code = { png };
    await until(connections, begun.id, { prompt: { image: `data:image/png;base64,${png}` } });
    const { prompt } = await look(connections, begun.id);
    expect(prompt?.kind === 'qr' && prompt.expires_at).toBeGreaterThan(Date.now() / 1000);

    const account = connections.service.addAccount();
    session(connections, begun.id).account = account;
    await until(connections, begun.id, { state: 'connected', prompt: null });
    expect((await connections.state()).channels).toMatchObject([{ name: account.name, method: 'qr' }]);
  });

  it('draws a code that the service gives as a text', async () => {
    const connections = await openConnections(store());
    const begun = await connections.begin('qr');
    session(connections, begun.id).code = { text: '2@secret-of-the-code,abc==' };
    await until(connections, begun.id, {
      prompt: { image: expect.stringMatching(/^data:image\/png;base64,iVBOR/) as unknown },
    });
    const { prompt } = await look(connections, begun.id);
    const image = prompt?.kind === 'qr' ? (prompt.image ?? '') : '';
    const { width, height } = PNG.sync.read(Buffer.from(image.split(',')[1] ?? '', 'base64'));
    expect(width).toBe(height);
    expect(width).toBeGreaterThan(150);
  });

  it.each([
    ['a page', Buffer.from('<!doctype html><h1>Hello</h1>'.repeat(10)).toString('base64')],
    ['the head of a picture alone', Buffer.from(png, 'base64').subarray(0, 20).toString('base64')],
    ['nothing', ''],
  ])('fails when the service gives %s in the place of a picture', async (_name, bytes) => {
    const connections = await openConnections(store());
    const begun = await connections.begin('qr');
    session(connections, begun.id).code = { png: bytes };
    await until(connections, begun.id, { state: 'failed', problem: 'service_unavailable', prompt: null });
  });

  it('asks the service about once a second, however many pages ask', async () => {
    const connections = await openConnections(store());
    const begun = await connections.begin('qr');
    const asked = (): number =>
      connections.service.calls.filter(({ path }) => path === `/sessions/${begun.id}`).length;
    const started = Date.now();
    for (let round = 0; round < 10; round += 1) {
      await Promise.all([1, 2, 3].map(() => look(connections, begun.id)));
    }
    expect(asked()).toBeGreaterThan(0);
    expect(asked()).toBeLessThanOrEqual(1 + Math.ceil((Date.now() - started) / 1000));
  });

  it.each(['html', 'error', 'silence'] as const)(
    'fails at its beginning when the service answers with %s',
    async (kind) => {
      const connections = await openConnections(store(), { patience: 3000 });
      connections.service.faults = [{ path: '/sessions', kind }];
      expect(await connections.begin('qr')).toMatchObject({
        state: 'failed',
        problem: 'service_unavailable',
      });
    },
  );

  it('bears an answer that gets lost, and fails when none comes any more', async () => {
    const connections = await openConnections(store());
    const begun = await connections.begin('qr');
    const { service } = connections;
    session(connections, begun.id).code = { png };
    service.faults = [{ path: `/sessions/${begun.id}`, kind: 'error' }];
    expect(await look(connections, begun.id)).toMatchObject({ state: 'waiting' });
    service.faults = [];
    await until(connections, begun.id, { prompt: { image: expect.any(String) as unknown } });
    service.faults = [{ path: `/sessions/${begun.id}`, kind: 'error' }];
    await until(connections, begun.id, { state: 'failed', problem: 'service_unavailable' });
  });

  it('has the service forget what was given up', async () => {
    const connections = await openConnections(store());
    const { id } = await connections.begin('qr');
    expect(await connections.call('DELETE', `/connections/attempts/${id}`)).toMatchObject({ status: 204 });
    expect(await look(connections, id)).toMatchObject({ state: 'failed', problem: 'expired' });
    await expect.poll(() => connections.service.sessions.has(id)).toBe(false);
    expect(await connections.call('DELETE', `/connections/attempts/${id}`)).toMatchObject({ status: 204 });
  });

  it('has the service forget what nobody finished in time, again and again until it hears', async () => {
    const connections = await openConnections(store());
    const { id } = await connections.begin('qr');
    connections.service.faults = [{ path: `/sessions/${id}/forget`, kind: 'error' }];
    connections.context.moveClock(11 * 60_000);
    expect(await look(connections, id)).toMatchObject({ state: 'failed', problem: 'expired' });
    await expect
      .poll(() => connections.service.calls.some(({ path }) => path.endsWith('/forget')))
      .toBe(true);
    connections.service.faults = [];
    await expect.poll(() => connections.service.sessions.has(id)).toBe(false);
  });
});
