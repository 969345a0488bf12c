import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type MessengerAccount, sendHook } from './messenger-account.js';

/** Hooks with a text of their own each, so that every one of them can be found on the phones and in the feeds. */
export interface Load {
  /** Texts of hooks that were answered with 200, with the lead of each. */
  readonly acknowledged: ReadonlyMap<string, number>;
  /** Texts of all hooks that were sent. */
  readonly sent: ReadonlyMap<string, number>;
  /** How often each status came; `none` for no answer. */
  readonly answers: ReadonlyMap<number | 'none', number>;
  /** Sends for as long as it is not stopped, `most` hooks at the most; the backends take turns. */
  start(backends: () => readonly { readonly url: string }[]): { stop(): Promise<void> };
}

export interface LoadOptions {
  readonly leads: readonly number[];
  /** Hooks that are on their way at a time. */
  readonly together?: number;
  /** Milliseconds between two hooks of one sender. */
  readonly pauseMs?: number;
  /**
   * Hooks between a start and its stop. In all they have to be fewer than the phones (10,000) and the feed of a lead
   * (250) tell of.
   */
  readonly most?: number;
}

export function createLoad(
  account: MessengerAccount,
  { leads, together = 4, pauseMs = 15, most = Number.POSITIVE_INFINITY }: LoadOptions,
): Load {
  const acknowledged = new Map<string, number>();
  const sent = new Map<string, number>();
  const answers = new Map<number | 'none', number>();
  const name = randomUUID().slice(0, 8);
  let number = 0;

  async function sendOne(backends: readonly { readonly url: string }[]): Promise<void> {
    number += 1;
    const leadId = leads[number % leads.length] ?? 0;
    const backend = backends[number % backends.length];
    if (backend === undefined) return;
    const text = `Message ${name}-${number}.`;
    sent.set(text, leadId);
    let answer: number | 'none' = 'none';
    try {
      ({ status: answer } = await sendHook(backend, account.hook({ leadId, message: text }), {
        signal: AbortSignal.timeout(5000),
      }));
    } catch {
      // The backend has died, or dies.
    }
    answers.set(answer, (answers.get(answer) ?? 0) + 1);
    if (answer === 200) acknowledged.set(text, leadId);
  }

  return {
    acknowledged,
    sent,
    answers,
    start(backends) {
      let isStopped = false;
      const end = sent.size + most;
      const send = async (): Promise<void> => {
        while (!isStopped && sent.size < end) {
          await sendOne(backends());
          await pause(pauseMs);
        }
      };
      const senders = Array.from({ length: together }, send);
      return {
        async stop() {
          isStopped = true;
          await Promise.all(senders);
        },
      };
    },
  };
}

/** What became of a load in the end; everything but the first two should be 0. */
export interface Reckoning {
  readonly hooks: number;
  readonly acknowledged: number;
  /** Acknowledged, and not on the phone. */
  readonly losses: number;
  /** More than once on the phone. */
  readonly doubles: number;
  /** On the phone, and not in the feed. */
  readonly 'notes missing': number;
  /** More than once in the feed. */
  readonly 'notes doubled': number;
}

export async function reckon(account: MessengerAccount, { sent, acknowledged }: Load): Promise<Reckoning> {
  const onPhones = countBy((await account.taken()).map(({ text }) => text));
  const inFeeds = new Map<string, number>();
  for (const leadId of new Set(sent.values())) {
    for (const { params } of await account.notes(leadId)) {
      const [text = ''] = /Message \S+\./.exec(params.text) ?? [];
      inFeeds.set(text, (inFeeds.get(text) ?? 0) + 1);
    }
  }
  const texts = [...sent.keys()];
  const count = (isCounted: (text: string) => boolean): number => texts.filter(isCounted).length;
  return {
    hooks: sent.size,
    acknowledged: acknowledged.size,
    losses: count((text) => acknowledged.has(text) && !onPhones.has(text)),
    doubles: count((text) => (onPhones.get(text) ?? 0) > 1),
    'notes missing': count((text) => onPhones.has(text) && !inFeeds.has(text)),
    'notes doubled': count((text) => (inFeeds.get(text) ?? 0) > 1),
  };
}

function countBy(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
