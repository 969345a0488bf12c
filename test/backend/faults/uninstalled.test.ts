import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Backend, startBackend } from '../../../src/backend/index.js';
import { type FaultyProxy, startFaultyProxy } from '../../support/faulty-proxy.js';
import { anyFreePort } from '../../../scripts/sandbox/free-port.js';
import {
  hookSecret,
  type MessengerAccount,
  openMessengerAccount,
  sendHook,
} from '../support/messenger-account.js';
import { createTestFolder } from '../support/stores.js';

// What a test waits for comes late on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let account: MessengerAccount;
let proxy: FaultyProxy;
let backend: Backend;
let leadId: number;

beforeEach(async () => {
  const port = await anyFreePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  account = await openMessengerAccount({ publicUrl });
  proxy = await startFaultyProxy(account.origin);
  leadId = await account.addLead({ contacts: [await account.addContact()] });
  const dataDir = await createTestFolder();
  const longLived = { origin: proxy.url, token: account.token };
  const config = account.config({ publicUrl, port, dataDir, longLived, logLevel: 'silent', retrySeconds: 2 });
  backend = await startBackend(config, { pollInterval: 20 });
});
afterEach(async () => {
  await backend.stop();
  await proxy.close();
  await account.close();
});

const metrics = async (): Promise<string> => (await fetch(`${backend.url}/metrics`)).text();

/** Nothing waits, and nothing is being worked on. */
async function isIdle(): Promise<void> {
  await vi.waitFor(
    async () => {
      expect(await metrics()).toContain('pipeline_messenger_queue_length 0\n');
    },
    { timeout: 20_000, interval: 50 },
  );
}

describe('after its account has uninstalled the integration', () => {
  it('a hook of the digital pipeline is answered with 200 and counted, and nothing is sent', async () => {
    await account.disconnect();
    const hook = account.hook({ leadId, message: 'Too late' });
    expect(await sendHook(backend, hook)).toEqual({ status: 200, result: 'unknown_account' });
    expect(await metrics()).toContain('hooks_total{kind="digital_pipeline",result="unknown_account"} 1');
    await isIdle();
    expect(await account.taken()).toEqual([]);
    expect(await metrics()).not.toContain('pipeline_messenger_events_total{');
  });

  it('a general webhook is answered with 200 and counted', async () => {
    await account.disconnect();
    const response = await fetch(`${backend.url}/hooks/webhooks/${hookSecret}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: `account[id]=${account.accountId}&leads[update][0][id]=${leadId}&leads[update][0][name]=Renamed`,
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ result: 'unknown_account' });
    expect(await metrics()).toContain('hooks_total{kind="webhook",result="unknown_account"} 1');
  });
});

describe('an event that waits while its account uninstalls the integration', () => {
  const outcomes = async (): Promise<string[]> => {
    const text = await metrics();
    return [...text.matchAll(/messages_total\{state="(\w+)",reason="(\w*)"\} (\d+)/g)].map(
      ([, state, reason, count]) => `${state ?? ''} ${reason ?? ''} ${count ?? ''}`,
    );
  };

  const waitsForRetry = (): Promise<void> =>
    vi.waitFor(
      async () => {
        expect(await metrics()).toContain('pipeline_messenger_events_total{end="retry"} 1');
      },
      { timeout: 10_000, interval: 50 },
    );

  it('for an answer of the account, is not sent and ends with one outcome', async () => {
    const status = { answer: { status: 500, body: '{}' } };
    proxy.meetAt({ method: 'GET', path: new RegExp(`/leads/${leadId}\\b`) }, status);
    await sendHook(backend, account.hook({ leadId, message: 'Too late' }));
    await waitsForRetry();
    await account.disconnect();
    proxy.clear();
    await isIdle();
    expect(await account.taken()).toEqual([]);
    expect(await outcomes()).toEqual(['failed access_revoked 1']);
    expect(await metrics()).toContain('pipeline_messenger_dead_events 1\n');
  });

  it('for the chat service, is not sent and ends with one outcome', async () => {
    await account.phoneFaults({ mode: 'unavailable' });
    await sendHook(backend, account.hook({ leadId, message: 'Too late' }));
    await waitsForRetry();
    expect(await account.outcomes(backend, { leadId })).toMatchObject([{ state: 'queued' }]);
    await account.disconnect();
    await account.phoneFaults();
    await isIdle();
    expect(await account.taken()).toEqual([]);
    expect(await outcomes()).toEqual(['failed access_revoked 1']);
    expect(await metrics()).toContain('pipeline_messenger_dead_events 1\n');
  });
});
