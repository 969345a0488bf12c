import type { AccountContext } from '../context.js';
import type { Account } from '../state.js';
import { callOut } from '../outgoing.js';
import type { OutgoingAnswer } from '../outgoing.js';
import type { TrafficEntry } from '../traffic.js';
import { encodeForm } from './form.js';
import type { FormValue } from './form.js';
import type { RetryPlan } from './retry-plan.js';
import { timerScheduler } from './scheduler.js';
import type { Scheduler } from './scheduler.js';

/** A hook to the outside. */
export interface Hook {
  /** For the traffic log: `dp_hook`, `dp_webhook`, `webhook`. */
  readonly kind: string;
  readonly url: string;
  readonly fields: { readonly [key: string]: FormValue };
  /** Asked anew for every attempt. */
  readonly headers?: () => Readonly<Record<string, string>>;
  readonly retries: RetryPlan;
  /** Why the platform would not even send it: stands in the traffic log instead of an attempt. */
  readonly problem?: string | undefined;
  /** Asked before every attempt; false drops the hook. */
  readonly isWanted?: () => boolean;
  /** Told the status of every attempt, 0 when no answer came. */
  readonly onAnswer?: (status: number) => void;
  /** Asked before every retry: milliseconds by which it is put off, 0 for not at all. */
  readonly putOff?: () => number;
}

export interface CourierOptions {
  /** Default: timers of the process. */
  readonly scheduler?: Scheduler;
  /** How long a receiver may take, in milliseconds. Default 2000 (`platform/server.md §4.3`). */
  readonly limitMs?: number;
  /** Every attempt goes out twice at the same moment, byte for byte, as long as this answers true. */
  readonly isSentTwice?: () => boolean;
}

export interface Courier {
  /** Sends at once and repeats by the hook's plan. Never throws; what went wrong stands in the traffic log. */
  send(hook: Hook): void;
  /** Sends a logged hook once more, byte for byte, without retries. */
  repost(entry: TrafficEntry): Promise<void>;
  /** Runs a task later, unless the account is reset or the courier closed before. */
  later(milliseconds: number, task: () => void): void;
  /** Settles when no attempt is on its way. Retries that wait do not count. */
  idle(): Promise<void>;
  /** Drops what waits, and settles when the last attempt is over. */
  close(): Promise<void>;
}

/** Who carries hooks to the outside. Every attempt is written to the context's traffic log with its answer. */
export function createCourier(
  context: AccountContext,
  { scheduler = timerScheduler(), limitMs = 2000, isSentTwice = () => false }: CourierOptions = {},
): Courier {
  const waiting = new Set<() => void>();
  const underway = new Set<Promise<void>>();
  let isClosed = false;

  function later(milliseconds: number, task: () => void): void {
    const account = context.account;
    const cancel = scheduler.after(milliseconds, () => {
      waiting.delete(cancel);
      if (!isClosed && context.account === account) task();
    });
    waiting.add(cancel);
  }

  function post(letter: Letter): Promise<OutgoingAnswer> {
    return callOut(context, { method: 'POST', ...letter, timeoutMs: limitMs });
  }

  async function attempt(hook: Hook, body: string, number: number, account: Account): Promise<void> {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded', ...hook.headers?.() };
    const letter = { kind: hook.kind, url: hook.url, headers, body };
    const [answer] = await Promise.all(isSentTwice() ? [post(letter), post(letter)] : [post(letter)]);
    if (answer.isWithheld === true || isClosed || context.account !== account) return;
    hook.onAnswer?.(answer.status);
    const pause = hook.retries(number, answer.status);
    if (pause !== undefined) retryLater(hook, body, number + 1, pause);
  }

  function retryLater(hook: Hook, body: string, number: number, pause: number): void {
    later(pause, () => {
      const longer = hook.putOff?.() ?? 0;
      if (longer > 0) retryLater(hook, body, number, longer);
      else start(hook, body, number);
    });
  }

  function start(hook: Hook, body: string, number: number): void {
    if (isClosed || hook.isWanted?.() === false) return;
    void track(attempt(hook, body, number, context.account));
  }

  function track(work: Promise<unknown>): Promise<void> {
    const done = work.then(() => {
      underway.delete(done);
    });
    underway.add(done);
    return done;
  }

  return {
    later,
    send(hook) {
      const { body, problem } = bodyOf(hook);
      if (problem === undefined) {
        start(hook, body, 1);
      } else {
        context.traffic.add({
          direction: 'out',
          kind: hook.kind,
          method: 'POST',
          url: hook.url,
          headers: {},
          body,
          status: 0,
          answer: '',
          error: problem,
          at: context.clock.now(),
          duration_ms: 0,
        });
      }
    },
    repost: ({ kind, method, url, headers, body }) =>
      track(post({ kind, method: method === 'GET' ? 'GET' : 'POST', url, headers, body })),
    async idle() {
      while (underway.size > 0) await Promise.all(underway);
    },
    async close() {
      isClosed = true;
      for (const cancel of waiting) cancel();
      waiting.clear();
      await Promise.all(underway);
    },
  };
}

interface Letter {
  readonly kind: string;
  /** POST unless told otherwise. */
  readonly method?: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Settings come from a widget's form: they may be deeper than a body can be. */
function bodyOf(hook: Hook): { body: string; problem: string | undefined } {
  try {
    return { body: encodeForm(hook.fields), problem: hook.problem };
  } catch (error) {
    if (error instanceof RangeError) return { body: '', problem: error.message };
    throw error;
  }
}
