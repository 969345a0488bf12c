import { elementTypes } from '../../../kommo/elements.js';
import { nowSeconds } from '../context.js';
import type { AccountContext } from '../context.js';
import type { AnyAccountEvent } from '../bus.js';
import type { Account, DpCondition, DpTrigger, DpWebhookTrigger } from '../state.js';
import { createAnswerWindow } from './answer-window.js';
import { accountBlock } from './account-block.js';
import type { Courier, Hook } from './courier.js';
import { dpBody } from './dp-body.js';
import type { Subject } from './dp-body.js';
import { dpHappening } from './dp-events.js';
import type { DpHappening } from './dp-events.js';
import { dpWebhookBody } from './dp-webhook-body.js';
import { digitalPipelineRetries, isDelivered, sentOnce } from './retry-plan.js';

const pauseMs = 5 * 60_000;

/**
 * Fires the triggers of the digital pipeline, of widgets (`platform/server.md §3.2`) and of "API: send webhook"
 * (`§3.6`), on what happens in the account. Returns what ends it.
 *
 * A trigger with a delay sends later what it saw at the time of the event; it is dropped when the trigger, the
 * widget or the entity is gone by then. Whether the platform looks again at the stage is not known.
 *
 * @param isRepeated Whether a bad answer is followed by retries: sources differ (`§3.5`).
 */
export function watchDigitalPipeline(
  context: AccountContext,
  courier: Courier,
  { isRepeated, address }: { isRepeated: () => boolean; address: (account: Account) => string },
): () => void {
  const badAnswers = createAnswerWindow(pauseMs, context.clock);
  const pausedUntil = new Map<string, number>();

  /** More than 100 bad answers in 5 minutes pause a receiver's retries for 5 minutes (`platform/server.md §3.5`). */
  function delivery(url: string): Pick<Hook, 'retries' | 'onAnswer' | 'putOff'> {
    return {
      retries: isRepeated() ? digitalPipelineRetries : sentOnce,
      onAnswer(status) {
        if (isDelivered(status)) return;
        badAnswers.add(url);
        if (badAnswers.count(url) > 100) pausedUntil.set(url, context.clock.now() + pauseMs);
      },
      putOff: () => Math.max(0, (pausedUntil.get(url) ?? 0) - context.clock.now()),
    };
  }

  function fire(condition: DpCondition, subject: Subject, hook: Hook): void {
    if (condition.delay_seconds <= 0) {
      courier.send(hook);
      return;
    }
    courier.later(condition.delay_seconds * 1000, () => {
      if (exists(context.account, subject) && hook.isWanted?.() !== false) courier.send(hook);
    });
  }

  function fireWidget(trigger: DpTrigger, happening: DpHappening): void {
    const { account } = context;
    const url = webhookUrl(account, trigger);
    const firing = happening.fires(trigger, isStretchable(account, trigger));
    if (url === undefined || firing === undefined) return;
    fire(trigger, happening.subject, {
      kind: 'dp_hook',
      url,
      fields: dpBody(account, happening.subject, firing, trigger.settings, nowSeconds(context)),
      problem: problemOf(url),
      isWanted: () => account.dp_triggers.has(trigger.id) && webhookUrl(account, trigger) === url,
      ...delivery(url),
    });
  }

  function fireWebhook(trigger: DpWebhookTrigger, happening: DpHappening): void {
    const { account } = context;
    const firing = happening.fires(trigger, false);
    if (firing === undefined) return;
    fire(trigger, happening.subject, {
      kind: 'dp_webhook',
      url: trigger.url,
      fields: { ...dpWebhookBody(firing.code, happening), account: accountBlock(account, address(account)) },
      isWanted: () => account.dp_webhook_triggers.has(trigger.id),
      ...delivery(trigger.url),
    });
  }

  return context.bus.onAny((event: AnyAccountEvent) => {
    const happening = dpHappening(context.account, event);
    if (happening === undefined) return;
    for (const trigger of context.account.dp_triggers.values()) fireWidget(trigger, happening);
    for (const trigger of context.account.dp_webhook_triggers.values()) fireWebhook(trigger, happening);
  });
}

/** Where a widget takes its hooks, or undefined when it is switched off or its manifest names no address. */
function webhookUrl(account: Account, trigger: DpTrigger): string | undefined {
  const url = dpOf(account, trigger)['webhook_url'];
  const isActive = account.widgets.get(trigger.widget_code)?.is_active === true;
  return typeof url === 'string' && isActive ? url : undefined;
}

/** The platform takes https only (`platform/server.md §3.1`); here a backend under development may do without. */
function problemOf(address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isHere = url !== undefined && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && isHere)
    ? undefined
    : `dp.webhook_url must be an https address (http only on this machine), but it is ${address}`;
}

function isStretchable(account: Account, trigger: DpTrigger): boolean {
  return dpOf(account, trigger)['action_multiple'] === true;
}

function dpOf(account: Account, trigger: DpTrigger): Readonly<Record<string, unknown>> {
  const dp = account.widgets.get(trigger.widget_code)?.manifest['dp'];
  return typeof dp === 'object' && dp !== null ? { ...dp } : {};
}

function exists(account: Account, { element_type, id }: Subject): boolean {
  const entity = element_type === elementTypes.lead ? account.leads.get(id) : account.customers.get(id);
  return entity !== undefined && !entity.is_deleted;
}
