import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { anyFreePort } from '../../../scripts/sandbox/free-port.js';
import { printFigures, rounds } from '../../support/rounds.js';
import { createConversations, useDemoChannel } from '../support/conversations.js';
import { clientId, openMessengerAccount } from '../support/messenger-account.js';
import { type RunningBackend, runBackend } from '../support/run-backend.js';
import { createTestPlace, prepareStores, type StoreKind } from '../support/stores.js';

const repeats = rounds(4, 30);

// What a test waits for comes late on a busy machine.
vi.setConfig({ testTimeout: 900_000, hookTimeout: 120_000 });

prepareStores();

const chatsChannel = { id: 'f0f0f0f0-1111-4222-8333-444455556666', secret: 'channel-secret-of-the-tests' };

it.each<{ kind: StoreKind; title: string }>([
  { kind: 'pglite', title: 'PGlite' },
  { kind: 'postgresql', title: 'PostgreSQL' },
])(
  'kill -9 at random moments loses and doubles nothing of conversations, on $title',
  async ({ kind, title }) => {
    const port = await anyFreePort();
    const publicUrl = `http://127.0.0.1:${port}`;
    const account = await openMessengerAccount({
      publicUrl,
      // The service does not give up while the backend starts, however slow the machine is.
      demoChat: { deliveredAfterMs: 20, reportPauses: Array<number>(240).fill(500) },
      chatsChannels: [
        {
          ...chatsChannel,
          name: 'Messenger',
          client_uuid: clientId,
          webhook_url: `${publicUrl}/hooks/chats/:scope_id`,
        },
      ],
    });
    const config = account.config({
      ...(await createTestPlace(kind)),
      publicUrl,
      port,
      connectable: [{ name: 'demo', url: account.chatUrl, clientId: 'none', clientSecret: 'none' }],
      chatsChannels: [{ platform: 'kommo', ...chatsChannel }],
    });
    let backend: RunningBackend | undefined = await runBackend(config);
    const conversations = createConversations(account);
    try {
      await useDemoChannel(account, backend);
      for (let round = 0; round < repeats; round += 1) {
        const talking = conversations.start();
        const { written, answered } = conversations;
        const wanted = { written: written.size + 10, answered: answered.size + 3 };
        try {
          await vi.waitFor(
            () => {
              expect(written.size).toBeGreaterThan(wanted.written);
              expect(answered.size).toBeGreaterThan(wanted.answered);
            },
            { timeout: 60_000, interval: 10 },
          );
          await pause(Math.random() * 300);
          await backend.kill();
        } finally {
          await talking.stop();
        }
        backend = undefined;
        backend = await runBackend(config);
      }
      await vi.waitFor(
        async () => {
          expect(await conversations.reckon()).toMatchObject({ losses: 0 });
        },
        { timeout: 120_000, interval: 500 },
      );
      // Late doubles would come within the length of a lease.
      await pause(2500);
      const reckoning = await conversations.reckon();
      printFigures(`kill -9 in conversations on ${title}`, { rounds: repeats, ...reckoning });
      expect(reckoning).toMatchObject({ losses: 0, doubles: 0 });
      expect(reckoning.answered).toBeGreaterThan(repeats);
    } finally {
      await backend?.kill();
      await account.close();
    }
  },
);
