import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { callbackWords } from '../../../src/backend/connections/callback-words.js';
import { channels, connectionAttempts } from '../../../src/backend/connections/tables.js';
import { installations } from '../../../src/backend/installations/tables.js';
import { type Attempt, attempt, connectionMessage } from '../../../src/contract/connections-api.js';
import { sharedStore } from '../installations/support/connected.js';
import type { CourierAccount } from './support/courier-server.js';
import { openConnections, type TestConnections } from './support/connections.js';

const store = sharedStore();

const pageOf = ({ prompt }: Attempt): string => {
  if (prompt?.kind !== 'oauth') throw new Error('The attempt has no page.');
  return prompt.url;
};

/** The answer of the callback page. */
async function back(
  { app }: TestConnections,
  query: Readonly<Record<string, string>>,
  { service = 'courier', headers = {} }: { service?: string; headers?: Record<string, string> } = {},
): Promise<{
  status: number;
  html: string;
  headers: Record<string, unknown>;
  told: unknown;
  origin: string | undefined;
}> {
  const response = await app.inject({
    url: `/chat-services/${service}/callback?${new URLSearchParams(query).toString()}`,
    headers: { accept: 'text/html', ...headers },
  });
  const html = response.body;
  const value = (name: string): string | undefined =>
    new RegExp(`data-${name}="([^"]*)"`).exec(html)?.[1]?.replaceAll('&#34;', '"');
  const message = value('message');
  return {
    status: response.statusCode,
    html,
    headers: response.headers,
    told: message === undefined ? undefined : (JSON.parse(message) as unknown),
    origin: value('origin'),
  };
}

async function look(connections: TestConnections, id: string): Promise<Attempt> {
  return attempt.parse((await connections.call('GET', `/connections/attempts/${id}`)).body);
}

async function consented(
  connections: TestConnections,
  account: CourierAccount = connections.service.addAccount(),
): Promise<{ begun: Attempt; answer: { code: string; state: string }; account: CourierAccount }> {
  const begun = await connections.begin('oauth');
  return { begun, answer: connections.service.consent(pageOf(begun), account), account };
}

describe('Signing in at a chat service', () => {
  it('connects the account of the person who agrees, and tells the page that waits', async () => {
    const connections = await openConnections(store());
    const { begun, answer, account } = await consented(connections);
    expect(begun).toMatchObject({ state: 'waiting', problem: null, channel_id: null });
    expect(await look(connections, begun.id)).toEqual(begun);

    const page = await back(connections, answer);
    expect(page).toMatchObject({ status: 200, origin: connections.sandbox.url });
    expect(connectionMessage.parse(page.told)).toEqual({
      type: 'pipeline-messenger:connection',
      attempt_id: begun.id,
      state: 'connected',
    });
    expect(page.html).not.toContain("'*'");
    const ended = await look(connections, begun.id);
    expect(ended).toMatchObject({ state: 'connected', prompt: null });
    const { channels: shown } = await connections.state();
    expect(shown).toMatchObject([
      { id: ended.channel_id, name: account.name, method: 'oauth', is_saved: false },
    ]);
  });

  it('keeps neither the state nor the access data in a form that can be read', async () => {
    const connections = await openConnections(store());
    const { answer, account } = await consented(connections);
    const [row] = await store()
      .db.select()
      .from(connectionAttempts)
      .where(eq(connectionAttempts.state, 'waiting'));
    expect(JSON.stringify(row)).not.toContain(answer.state);
    await back(connections, answer);
    const [channel] = await store().db.select().from(channels);
    expect(channel?.credentials).toMatch(/^v1\./);
    expect(JSON.stringify(channel)).not.toContain(account.token);
    const { channels: shown } = await connections.state();
    expect(JSON.stringify(shown)).not.toContain(account.token);
    expect(connections.context.lines.join()).not.toContain(account.token);
    expect(connections.context.lines.join()).not.toContain(answer.state);
  });

  it('allows its own script alone, by its hash, and no frame', async () => {
    const connections = await openConnections(store());
    const { answer } = await consented(connections);
    const { headers, html } = await back(connections, answer);
    const policy = String(headers['content-security-policy']);
    expect(policy).toMatch(/default-src 'none'.*script-src 'sha256-[\w+/]+=*';.*frame-ancestors 'none'/);
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
    expect(html.match(/<script/g)).toHaveLength(1);
  });

  it('speaks the language of the account', async () => {
    for (const [country, language] of [
      ['BR', 'pt'],
      ['TR', 'tr'],
    ] as const) {
      const connections = await openConnections(store());
      await store().db.update(installations).set({ country });
      const { answer } = await consented(connections);
      const { html } = await back(connections, answer, { headers: { 'accept-language': 'en' } });
      expect(html).toContain(`lang="${language}"`);
      expect(html).toContain(callbackWords[language].connected.title.replace('{service}', 'Courier'));
    }
  });

  it('takes a state once', async () => {
    const connections = await openConnections(store());
    const { answer, begun } = await consented(connections);
    const pages = await Promise.all([back(connections, answer), back(connections, answer)]);
    expect(pages.map(({ status }) => status).sort()).toEqual([200, 400]);
    const again = await back(connections, answer);
    expect(again).toMatchObject({ status: 400, told: undefined });
    expect(again.html).toContain(callbackWords.en.unknown_state.title);
    expect(await look(connections, begun.id)).toMatchObject({ state: 'connected' });
    expect((await connections.state()).channels).toHaveLength(1);
  });

  it('takes a state for its own service alone', async () => {
    const connections = await openConnections(store());
    const { answer, begun } = await consented(connections);
    const page = await back(connections, answer, { service: 'other-courier' });
    expect(page).toMatchObject({ status: 502, told: { state: 'failed' } });
    expect(await look(connections, begun.id)).toMatchObject({
      state: 'failed',
      problem: 'service_unavailable',
    });
    expect((await back(connections, answer)).status).toBe(400);
    // The code never reached a service that it was not for.
    expect(connections.service.calls.map(({ path }) => path)).not.toContain('/token');
  });

  it.each([{}, { state: '' }, { state: 'made-up', code: 'x' }, { code: 'x' }])(
    'has no use for a call without a state of ours: %j',
    async (query) => {
      const connections = await openConnections(store());
      expect(await back(connections, query)).toMatchObject({ status: 400, told: undefined });
    },
  );

  it('tells that the person did not agree', async () => {
    const connections = await openConnections(store());
    const { answer, begun } = await consented(connections);
    const page = await back(connections, { state: answer.state, error: 'access_denied' });
    expect(page).toMatchObject({ status: 200, told: { state: 'failed', attempt_id: begun.id } });
    expect(page.html).toContain(callbackWords.en.declined.title);
    expect(await look(connections, begun.id)).toMatchObject({ state: 'failed', problem: 'declined' });
  });

  it('refuses a code that was given to somebody else: the verifier is another one', async () => {
    const connections = await openConnections(store());
    const mine = await consented(connections);
    const theirs = await consented(connections);
    const page = await back(connections, { state: mine.answer.state, code: theirs.answer.code });
    expect(page).toMatchObject({ status: 400, told: { state: 'failed' } });
    expect(await look(connections, mine.begun.id)).toMatchObject({
      problem: 'wrong_credentials',
      detail: 'The code is not good.',
    });
    expect((await connections.state()).channels).toEqual([]);
  });

  it.each([
    ['html', 'service_unavailable'],
    ['error', 'service_unavailable'],
    ['silence', 'service_unavailable'],
  ] as const)('tells that the service answers with %s', async (kind, problem) => {
    const connections = await openConnections(store(), { patience: 3000 });
    const { answer, begun } = await consented(connections);
    connections.service.faults = [{ path: '/token', kind }];
    expect(await back(connections, answer)).toMatchObject({ status: 502, told: { state: 'failed' } });
    expect(await look(connections, begun.id)).toMatchObject({ state: 'failed', problem });
  });

  it('is over after a quarter of an hour', async () => {
    const connections = await openConnections(store());
    const { answer, begun } = await consented(connections);
    connections.context.moveClock(16 * 60_000);
    const page = await back(connections, answer);
    expect(page).toMatchObject({ status: 400, told: { state: 'failed' } });
    expect(page.html).toContain(callbackWords.en.expired.title);
    expect(await look(connections, begun.id)).toMatchObject({ problem: 'expired' });
  });

  it('connects a channel again with its own account alone, and leaves what was chosen for it', async () => {
    const connections = await openConnections(store());
    const { service, save, state, begin } = connections;
    const { answer, account } = await consented(connections);
    await back(connections, answer);
    const { channels: shown, pipelines } = await state();
    const [channel] = shown;
    if (channel === undefined) throw new Error('Nothing was connected.');
    await save([{ ...channel, pipeline_id: pipelines?.[0]?.id ?? null }]);
    const before = (await state()).channels;

    const wrong = await begin('oauth', { channelId: channel.id });
    const page = await back(connections, service.consent(pageOf(wrong), service.addAccount()));
    expect(page.status).toBe(409);
    expect(await look(connections, wrong.id)).toMatchObject({ problem: 'other_account', channel_id: null });
    expect((await state()).channels).toEqual(before);

    await store().db.update(channels).set({ state: 'disconnected' });
    const right = await begin('oauth', { channelId: channel.id });
    await back(connections, service.consent(pageOf(right), { ...account, name: 'Renamed shop' }));
    expect((await state()).channels).toEqual([{ ...before[0], name: 'Renamed shop' }]);
  });
});
