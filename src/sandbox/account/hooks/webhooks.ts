import { randomUUID } from 'node:crypto';
import type { AccountContext } from '../context.js';
import type { Account, Task, Webhook } from '../state.js';
import { accountBlock } from './account-block.js';
import { createAnswerWindow } from './answer-window.js';
import type { Courier } from './courier.js';
import { generalRetries, isDelivered } from './retry-plan.js';
import { webhookBodies } from './webhook-body.js';
import type { WebhookBody } from './webhook-body.js';

const windowMs = 2 * 60 * 60_000;
const mostBadAnswers = 100;

/**
 * Sends general webhooks on what happens in the account (`platform/server.md §4`). Returns what ends it.
 *
 * Every event is a hook of its own. A webhook is disabled at the bad answer with which it has more than 100 in two
 * hours; a disabled one gets nothing, retries neither.
 */
export function watchWebhooks(
  context: AccountContext,
  courier: Courier,
  { address }: { address: (account: Account) => string },
): () => void {
  const badAnswers = createAnswerWindow(windowMs, context.clock);
  const isClosing = watchClosing(context.account);

  function send(account: Account, webhook: Webhook, { key, action, entity }: WebhookBody): void {
    const receiver = `${webhook.id} ${webhook.destination}`;
    courier.send({
      kind: 'webhook',
      url: webhook.destination,
      fields: { [key]: { [action]: [entity] }, account: accountBlock(account, address(account)) },
      // Whether a retry keeps the id is not known: with a new one nobody can tell repetitions by it.
      headers: () => ({ 'User-Agent': 'amoCRM-Webhooks/3.0', 'X-Amocrm-Requestid': randomUUID() }),
      retries: generalRetries,
      isWanted: () => account.webhooks.get(webhook.id)?.disabled === false,
      onAnswer(status) {
        if (isDelivered(status)) return;
        badAnswers.add(receiver);
        if (badAnswers.count(receiver) > mostBadAnswers) webhook.disabled = true;
      },
    });
  }

  return context.bus.onAny((event) => {
    const { account } = context;
    for (const body of webhookBodies(account, event, isClosing)) {
      for (const webhook of account.webhooks.values()) {
        if (!webhook.disabled && webhook.settings.includes(body.setting)) send(account, webhook, body);
      }
    }
  });
}

/** Tells whether a completed task was open until now; a task that it meets for the first time was. */
function watchClosing(account: Account): (task: Task) => boolean {
  const closed = new WeakSet([...account.tasks.values()].filter((task) => task.is_completed));
  return (task) => {
    const wasClosed = closed.has(task);
    if (task.is_completed) closed.add(task);
    else closed.delete(task);
    return task.is_completed && !wasClosed;
  };
}
