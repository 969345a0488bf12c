import { randomInt } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { createApp } from '../../../../../src/backend/app.js';
import type { Config } from '../../../../../src/backend/config.js';
import { installations } from '../../../../../src/backend/installations/tables.js';
import type { Installation } from '../../../../../src/backend/installations/tables.js';
import type { KommoApis } from '../../../../../src/backend/kommo-api/kommo-api.js';
import { startWebhookJobs } from '../../../../../src/backend/receiving/webhooks/jobs.js';
import type { WebhookJobs } from '../../../../../src/backend/receiving/webhooks/jobs.js';
import { webhookRoutes } from '../../../../../src/backend/receiving/webhooks/route.js';
import type { WebhookRoutesOptions } from '../../../../../src/backend/receiving/webhooks/route.js';
import type { Store } from '../../../../../src/backend/store/store.js';
import { encodeForm } from '../../../../../src/sandbox/account/hooks/form.js';
import type { FormValue } from '../../../../../src/sandbox/account/hooks/form.js';
import { clientId, testContext } from '../../../installations/support/connected.js';
import type { TestContext } from '../../../installations/support/connected.js';

export interface Receiver {
  readonly context: TestContext;
  readonly url: string;
  readonly jobs: WebhookJobs;
  post(
    body: string | Uint8Array<ArrayBuffer>,
    options?: { secret?: string; contentType?: string },
  ): Promise<{ status: number; body: unknown; headers: Headers }>;
  /** How many hooks ended so. */
  counted(result: string): Promise<number>;
}

/** No account answers. */
const noApis: KommoApis = {
  of() {
    throw new Error('No call of the API was expected.');
  },
};

/** The address of general webhooks and what works on them, on 127.0.0.1; everything but the store ends with the test. */
export async function startReceiver(
  store: Store,
  {
    config,
    apis = () => noApis,
    ...options
  }: WebhookRoutesOptions & { config?: Partial<Config>; apis?: (context: TestContext) => KommoApis } = {},
): Promise<Receiver> {
  const context = testContext(store, config);
  const { subscribers } = options;
  const jobs = await startWebhookJobs(context, apis(context), {
    interval: 20,
    ...(subscribers === undefined ? {} : { subscribers }),
  });
  const app = createApp(context);
  // On a busy machine the store takes its time, which is no test's business but that of patience.
  webhookRoutes(app, context, { patience: 30_000, ...options });
  await app.listen({ host: '127.0.0.1', port: context.config.port });
  onTestFinished(async () => {
    await app.close();
    await jobs.stop();
  });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  return {
    context,
    url,
    jobs,
    async post(body, { secret = 'hook-secret', contentType = 'application/x-www-form-urlencoded' } = {}) {
      const response = await fetch(`${url}/hooks/webhooks/${secret}`, {
        method: 'POST',
        headers: { 'Content-Type': contentType },
        body,
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: JSON.parse(text) as unknown };
    },
    async counted(result) {
      const { values } = await context.metrics.hooks.get();
      const found = values.find(({ labels }) => labels.kind === 'webhook' && labels.result === result);
      return found?.value ?? 0;
    },
  };
}

/** An installation in an account of its own. */
export async function addInstallation(
  { db }: Pick<Store, 'db'>,
  changes: Partial<Installation> = {},
): Promise<Installation> {
  const accountId = changes.accountId ?? randomInt(1, 2 ** 40);
  const subdomain = `demo${accountId}`;
  const [row] = await db
    .insert(installations)
    .values({
      platform: 'kommo',
      clientId,
      accountId,
      subdomain,
      origin: `https://${subdomain}.kommo.com`,
      state: 'active',
      tokenKind: 'long_lived',
      ...changes,
    })
    .returning();
  if (row === undefined) throw new Error('The installation was not stored.');
  return row;
}

/** A webhook of the account as it is on the wire. */
export function webhookForm(
  { accountId, subdomain }: Pick<Installation, 'accountId' | 'subdomain'>,
  fields: { readonly [key: string]: FormValue },
): string {
  return encodeForm({ ...fields, account: { id: accountId, subdomain } });
}
