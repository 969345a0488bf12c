import { beforeAll, expect, it, vi } from 'vitest';
import type { Store } from '../../../src/backend/store/store.js';
import { sendFromManager } from '../../../src/sandbox/account/chats/manager.js';
import { eachStore } from '../support/stores.js';
import { openChatAccount, phone } from './support/chat-account.js';

/** What is waited for comes late on a busy machine. */
const soon = { timeout: 20_000 };
vi.setConfig({ testTimeout: 120_000 });

eachStore((openTestStore) => {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore();
  }, 120_000);

  it('carries a conversation from the first message of a client to the answer that was read', async () => {
    const opened = await openChatAccount(store);
    const { sandbox, service, chats, rows } = opened;
    const pipeline = [...sandbox.account.pipelines.values()].at(-1);
    const channel = await opened.useChannel({ name: 'Shop in Lisbon', pipelineId: pipeline?.id ?? 0 });

    const at = new Date('2026-11-01T10:00:00.123Z');
    const text = 'Hello <b>you</b> <script>alert(1)</script> 👋';
    const message = { id: 'first', name: 'Ana María', at, text };
    expect(await opened.write(channel, message)).toBe('accepted');

    await expect.poll(() => opened.chat(), soon).toBeDefined();
    const chat = opened.chat();
    expect(chat).toMatchObject({
      conversation_id: `${channel.id}:${phone}`,
      source_external_id: channel.id,
      user: { client_id: phone, name: 'Ana María', phone },
    });
    const [incoming] = sandbox.account.messages.values();
    expect(incoming).toMatchObject({ is_incoming: true, msec_timestamp: at.getTime(), content: { text } });
    const [lead] = [...sandbox.account.unsorted.values()];
    expect(lead).toMatchObject({
      category: 'chats',
      pipeline_id: pipeline?.id,
      source_uid: channel.id,
      source_name: 'Shop in Lisbon',
    });
    await expect.poll(rows, soon).toMatchObject([{ state: 'passed', direction: 'in' }]);
    if (chat === undefined) return;

    const by = [...sandbox.account.users.values()][0] ?? null;
    const { message: answer, hook } = await sendFromManager(sandbox, {
      chat,
      by,
      content: { text: 'Good morning' },
    });
    expect(hook).toEqual({ isTaken: true, status: 200 });
    await expect.poll(() => service.taken, soon).toMatchObject([{ to: phone, text: 'Good morning' }]);
    const sent = (await rows()).find(({ direction }) => direction === 'out');
    const [taken] = service.taken;
    expect(taken?.idempotencyKey).toBe(sent?.id);
    expect(taken?.statusUrl).toBe(
      `${opened.url}/chat-services/demo/channels/${channel.id}/hook?message=${sent?.id ?? ''}`,
    );
    expect(answer.delivery_status).toBeNull();

    const report = (state: 'sent' | 'delivered' | 'read') =>
      chats.onChatStatus({ channelId: channel.id, messageId: sent?.id }, { id: 'service-1', state });
    expect(await report('delivered')).toBe(true);
    await expect.poll(() => answer.delivery_status, soon).toBe(1);
    await report('read');
    await expect.poll(() => answer.delivery_status, soon).toBe(2);
    await report('delivered');
    await report('sent');
    expect((await rows()).find(({ direction }) => direction === 'out')?.state).toBe('read');

    const log = opened.context.lines.join('');
    for (const secret of ['Good morning', 'Hello', phone, phone.slice(1), opened.registered.secret, 'Ana']) {
      expect(log).not.toContain(secret);
    }
  });
});
