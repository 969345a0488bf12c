import { onTestFinished } from 'vitest';
import { createBus } from '../../../../src/sandbox/account/bus.js';
import type { AccountContext } from '../../../../src/sandbox/account/context.js';
import { startHooks } from '../../../../src/sandbox/account/hooks/index.js';
import type { Hooks, HooksOptions } from '../../../../src/sandbox/account/hooks/index.js';
import type { Scheduler } from '../../../../src/sandbox/account/hooks/scheduler.js';
import { createIds } from '../../../../src/sandbox/account/ids.js';
import { seedAccount } from '../../../../src/sandbox/account/seed.js';
import type { DpTrigger } from '../../../../src/sandbox/account/state.js';
import { createTraffic } from '../../../../src/sandbox/account/traffic.js';
import { startReceiver } from './receiver.js';
import type { Receiver } from './receiver.js';

export const minute = 60_000;

/** Unix seconds at which every test begins. */
export const startSeconds = 1_760_000_000;

/** Time that passes only when a test says so; what falls due runs on the way, in its order. */
export interface TestTime extends Scheduler {
  now(): number;
  /** Moves on by so many milliseconds, and lets the hooks that become due arrive. */
  pass(milliseconds: number): Promise<void>;
}

export interface HookedAccount {
  readonly context: AccountContext;
  readonly hooks: Hooks;
  readonly receiver: Receiver;
  readonly time: TestTime;
}

/** The demo account with its hooks sent to a receiving server. Everything ends with the test. */
export async function hookedAccount(options: HooksOptions = {}): Promise<HookedAccount> {
  const receiver = await startReceiver();
  const time = testTime(() => hooks.idle());
  const account = seedAccount({ now: time.now() });
  const context: AccountContext = {
    account,
    clock: time,
    bus: createBus(),
    traffic: createTraffic({ limit: 5000 }),
    ids: createIds(),
    switches: { outside: true, tokenCache: false },
    url: '',
    apiDomain: '',
    verifyAccessToken: () => undefined,
    currentUserId: () => account.current_user_id,
  };
  const hooks = startHooks(context, { scheduler: time, ...options });
  onTestFinished(async () => {
    await hooks.close();
    await receiver.close();
  });
  return { context, hooks, receiver, time };
}

/** Installs a widget whose manifest names the receiver, and sets up a trigger of it on stage 502 of pipeline 50. */
export function addTrigger(
  { context, receiver }: HookedAccount,
  changes: Partial<DpTrigger> = {},
  { isStretched = false, webhookUrl = receiver.url }: { isStretched?: boolean; webhookUrl?: string } = {},
): DpTrigger {
  const { account } = context;
  const code = 'acme_messages';
  account.widgets.set(code, {
    id: 1,
    code,
    version: '1.0.0',
    manifest: { dp: { settings: {}, action_multiple: isStretched, webhook_url: webhookUrl } },
    files: new Map(),
    client_uuid: '0a1b2c3d-1111-4222-8333-444455556666',
    status: 'installed',
    is_active: true,
    settings: {},
  });
  const trigger: DpTrigger = {
    id: account.dp_triggers.size + 1,
    widget_code: code,
    event_code: 14,
    element_type: 2,
    pipeline_id: 50,
    status_ids: [502],
    delay_seconds: 0,
    settings: { message: 'Hello {{contact_name}}', only_main: 'on' },
    ...changes,
  };
  account.dp_triggers.set(trigger.id, trigger);
  return trigger;
}

function testTime(idle: () => Promise<void>): TestTime {
  let now = startSeconds * 1000;
  let due: { at: number; task: () => void }[] = [];
  return {
    now: () => now,
    after(milliseconds, task) {
      const entry = { at: now + milliseconds, task };
      due.push(entry);
      return () => {
        due = due.filter((one) => one !== entry);
      };
    },
    async pass(milliseconds) {
      const end = now + milliseconds;
      await idle();
      for (;;) {
        const [first] = due.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (first === undefined) break;
        due = due.filter((one) => one !== first);
        now = first.at;
        first.task();
        await idle();
      }
      now = end;
    },
  };
}
