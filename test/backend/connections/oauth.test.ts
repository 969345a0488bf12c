import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { callbackWords } from '../../../src/backend/connections/callback-words.js';
import { questionWords } from '../../../src/backend/connections/question-words.js';
import { channels, connectionAttempts } from '../../../src/backend/connections/tables.js';
import { installations } from '../../../src/backend/installations/tables.js';
import { type Attempt, attempt, connectionMessage } from '../../../src/contract/connections-api.js';
import { sharedStore } from '../installations/support/connected.js';
import type { CourierAccount } from './support/courier-server.js';
import { arrive, back, fromOurPage, send } from './support/callback.js';
import { openConnections, type TestConnections } from './support/connections.js';

const store = sharedStore();

const pageOf = ({ prompt }: Attempt): string => {
  if (prompt?.kind !== 'oauth') throw new Error('The attempt has no page.');
  return prompt.url;
};

const proofOf = ({ prompt }: Attempt): string => {
  if (prompt?.kind !== 'oauth') throw new Error('The attempt has no proof.');
  return prompt.proof;
};

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

    const page = await back(connections, answer, { proof: proofOf(begun) });
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
    expect(headers).toMatchObject({ 'x-frame-options': 'DENY' });
    expect(html.match(/<script/g)).toHaveLength(1);
  });

  it('speaks the language of the account', async () => {
    for (const [country, language] of [
      ['BR', 'pt'],
      ['TR', 'tr'],
    ] as const) {
      const connections = await openConnections(store());
      await store().db.update(installations).set({ country });
      const { answer, begun } = await consented(connections);
      const { html } = await back(connections, answer, {
        proof: proofOf(begun),
        headers: { 'accept-language': 'en' },
      });
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

/** The person has agreed at the service, and our page has come. */
async function arrived(connections: TestConnections) {
  const { begun, answer, account } = await consented(connections);
  const page = await arrive(connections, answer);
  return { begun, answer, account, page, token: page.token ?? '' };
}

describe('A consent that has come back', () => {
  it('is not used before somebody says so', async () => {
    const connections = await openConnections(store());
    const { begun, page } = await arrived(connections);
    expect(page).toMatchObject({ status: 200, origin: connections.sandbox.url, told: undefined });
    expect(page.html).toContain(`data-attempt="${begun.id}"`);
    expect(connections.service.calls.map(({ path }) => path)).not.toContain('/token');
    expect(await look(connections, begun.id)).toMatchObject({ state: 'waiting' });
    expect((await connections.state()).channels).toEqual([]);
  });

  it('is in the store in no form that can be read, and in no page', async () => {
    const connections = await openConnections(store());
    const { begun, answer, page, token } = await arrived(connections);
    const rows = JSON.stringify(await store().db.select().from(connectionAttempts));
    for (const secret of [answer.code, proofOf(begun), token]) expect(rows).not.toContain(secret);
    for (const secret of [answer.code, proofOf(begun)]) expect(page.html).not.toContain(secret);
    expect(pageOf(begun)).not.toContain(proofOf(begun));
  });

  it('asks the person, who sees which account would get what, in their own language', async () => {
    const connections = await openConnections(store());
    await store().db.update(installations).set({ country: 'BR' });
    const name = '<b>Mine</b> & yours';
    connections.account.context.account.name = name;
    const { token } = await arrived(connections);
    for (const [accepted, language] of [
      ['ru-RU,ru;q=0.9,en;q=0.8', 'ru'],
      ['tr', 'tr'],
      ['fr', 'en'],
    ] as const) {
      const headers = { ...fromOurPage, 'accept-language': accepted };
      const page = await send(connections, { token, decision: 'ask', proof: '' }, { headers });
      const { title } = questionWords[language].question;
      expect(page.html).toContain(`lang="${language}"`);
      expect(page.html).toContain(title.replace('{platform}', 'Kommo').replace('{service}', 'Courier'));
      expect(page.html).toContain(`<bdi>${new URL(connections.sandbox.url).host}</bdi>`);
      expect(page.html).toContain('<bdi>&#60;b&#62;Mine&#60;/b&#62; &#38; yours</bdi>');
      expect(page.told).toBeUndefined();
    }
    const headers = { ...fromOurPage, 'accept-language': 'id' };
    const end = await send(connections, { token, decision: 'connect' }, { headers });
    expect(end.html).toContain(callbackWords.id.connected.title.replace('{service}', 'Courier'));
  });

  it('asks with the address alone while the account does not tell its name', async () => {
    const connections = await openConnections(store());
    const { token } = await arrived(connections);
    await connections.account.faults({ status: 500 });
    const page = await send(connections, { token, decision: 'ask' });
    expect(page.html).toContain(`<bdi>${new URL(connections.sandbox.url).host}</bdi>`);
    expect(page.html.match(/<dd>/g)).toHaveLength(1);
  });

  it('asks where the proof is none', async () => {
    const connections = await openConnections(store());
    const { begun, token } = await arrived(connections);
    const other = await connections.begin('oauth');
    for (const proof of ['', 'made up', proofOf(other), begun.id]) {
      const page = await send(connections, { token, decision: 'proven', proof });
      expect(page.html).toContain('value="connect"');
    }
    expect(await look(connections, begun.id)).toMatchObject({ state: 'waiting' });
    // The right one is still good.
    expect(await send(connections, { token, decision: 'proven', proof: proofOf(begun) })).toMatchObject({
      told: { state: 'connected' },
    });
  });

  it.each([
    ['of another site', { origin: 'https://evil.example.com' }],
    ['of a page that hides where it comes from', { origin: 'null' }],
    ['that does not say where it comes from', {}],
    ['that the browser says comes from elsewhere', { ...fromOurPage, 'sec-fetch-site': 'cross-site' }],
    ['of the account’s page', { origin: 'https://demo.kommo.com', 'sec-fetch-site': 'cross-site' }],
  ])('hears no form %s', async (_whose, headers) => {
    const connections = await openConnections(store());
    const { begun, token } = await arrived(connections);
    for (const decision of ['connect', 'cancel', 'ask']) {
      const page = await send(connections, { token, decision }, { headers });
      expect(page).toMatchObject({ status: 400, told: undefined, token: undefined });
    }
    expect(await look(connections, begun.id)).toMatchObject({ state: 'waiting' });
  });

  it.each([{}, { token: '' }, { token: 'made-up' }])(
    'hears no form without its token: %j',
    async (fields) => {
      const connections = await openConnections(store());
      const { begun, answer } = await arrived(connections);
      for (const decision of ['connect', 'cancel', 'ask', 'proven', '']) {
        const page = await send(connections, { ...fields, decision, proof: proofOf(begun) });
        expect(page).toMatchObject({ status: 400, told: undefined, token: undefined });
      }
      // Nor does the state stand in its place, nor it in that of the state.
      expect(await send(connections, { token: answer.state, decision: 'connect' })).toMatchObject({
        status: 400,
      });
      expect(await look(connections, begun.id)).toMatchObject({ state: 'waiting' });
    },
  );

  it('is decided about once', async () => {
    const connections = await openConnections(store());
    const { begun, answer, token } = await arrived(connections);
    expect((await arrive(connections, { ...answer, state: token })).status).toBe(400);
    const pages = await Promise.all([
      send(connections, { token, decision: 'connect' }),
      send(connections, { token, decision: 'connect' }),
    ]);
    expect(pages.map(({ status }) => status).sort()).toEqual([200, 400]);
    const again = await send(connections, { token, decision: 'cancel' });
    expect(again).toMatchObject({ status: 400, told: undefined });
    expect(again.html).toContain(callbackWords.en.unknown_state.title);
    expect((await arrive(connections, answer)).status).toBe(400);
    expect(await look(connections, begun.id)).toMatchObject({ state: 'connected' });
    expect((await connections.state()).channels).toHaveLength(1);
  });

  it('is over when the person cancels, and says so at both ends', async () => {
    const connections = await openConnections(store());
    const { begun, token } = await arrived(connections);
    const page = await send(connections, { token, decision: 'cancel' });
    expect(page).toMatchObject({ status: 200, told: { state: 'failed', attempt_id: begun.id } });
    expect(page.html).toContain(callbackWords.en.cancelled.title);
    expect(await look(connections, begun.id)).toMatchObject({ state: 'failed', problem: 'declined' });
    expect(connections.service.calls.map(({ path }) => path)).not.toContain('/token');
    const [row] = await store()
      .db.select()
      .from(connectionAttempts)
      .where(eq(connectionAttempts.id, begun.id));
    expect(row?.memory).toBeNull();
  });

  it.each(['connect', 'ask', 'proven'])(
    'is over after a quarter of an hour, and says so to %s',
    async (decision) => {
      const connections = await openConnections(store());
      const { begun, token } = await arrived(connections);
      connections.context.moveClock(16 * 60_000);
      const page = await send(connections, { token, decision, proof: proofOf(begun) });
      expect(page).toMatchObject({ status: 400, told: { state: 'failed' } });
      expect(page.html).toContain(callbackWords.en.expired.title);
      expect(await look(connections, begun.id)).toMatchObject({ problem: 'expired' });
    },
  );

  it('is over when the panel has given the attempt up', async () => {
    const connections = await openConnections(store());
    const { begun, token } = await arrived(connections);
    expect((await connections.call('DELETE', `/connections/attempts/${begun.id}`)).status).toBe(204);
    const page = await send(connections, { token, decision: 'connect' });
    expect(page).toMatchObject({ status: 400, told: undefined });
    expect(page.html).toContain(callbackWords.en.unknown_state.title);
    expect((await connections.state()).channels).toEqual([]);
  });

  it('is over when the account has uninstalled the integration', async () => {
    const connections = await openConnections(store());
    const { token } = await arrived(connections);
    await store().db.update(installations).set({ state: 'uninstalled' });
    expect((await send(connections, { token, decision: 'connect' })).status).toBe(400);
    expect(await store().db.$count(channels)).toBe(0);
  });

  it('lets forms go to ourselves alone, and names its origin to us alone', async () => {
    const connections = await openConnections(store());
    const { page, token } = await arrived(connections);
    const question = await send(connections, { token, decision: 'ask' });
    for (const { headers } of [page, question]) {
      expect(String(headers['content-security-policy'])).toMatch(
        /script-src 'sha256-[\w+/]+=*'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'/,
      );
      expect(headers).toMatchObject({ 'referrer-policy': 'same-origin', 'x-frame-options': 'DENY' });
    }
  });
});
