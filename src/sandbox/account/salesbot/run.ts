import { sendFromManager } from '../chats/manager.js';
import { nowSeconds } from '../context.js';
import type { AccountContext } from '../context.js';
import type { BotHandler, BotRun, Salesbot } from '../state.js';
import { fillPlaceholders } from './placeholders.js';
import { shownMessage } from './shown-message.js';
import { sendWidgetRequest } from './widget-request.js';

export interface BotTarget {
  readonly entity_id: number;
  readonly entity_type: BotRun['entity_type'];
}

export interface RunOptions {
  /** How long an integration may take to answer a `widget_request`; the platform gives it 2 s. */
  readonly timeoutMs?: number;
}

/** A run under way; `settled` when it waits or has ended. It never rejects. */
export interface StartedRun {
  readonly run: BotRun;
  readonly settled: Promise<void>;
}

/** A bot that runs in a circle is ended after so many handlers. */
const mostHandlers = 200;

/**
 * Keeps a bot.
 *
 * @throws RangeError when its steps are more than 64 KB of JSON (`platform/server.md §9`).
 */
export function addBot(context: AccountContext, { name, steps }: Pick<Salesbot, 'name' | 'steps'>): Salesbot {
  const size = Buffer.byteLength(JSON.stringify(steps));
  if (size > 64 * 1024)
    throw new RangeError(`A bot is at most 65536 bytes of JSON, got ${size}; make it shorter.`);
  const bot: Salesbot = { id: context.ids.number(), name, steps };
  context.account.bots.set(bot.id, bot);
  return bot;
}

/**
 * Starts a bot on an entity. Whichever bot waited there cannot be continued any more (`platform/server.md §9`).
 */
export function startBot(
  context: AccountContext,
  bot: Salesbot,
  target: BotTarget,
  options: RunOptions = {},
): StartedRun {
  for (const run of runsOn(context, target)) if (isLive(run)) run.state = 'stopped';
  const run: BotRun = {
    id: context.ids.number(),
    bot_id: bot.id,
    ...target,
    state: 'running',
    failure: null,
    step: '0',
    pending: bot.steps['0']?.question ?? [],
    data: {},
    shown: [],
    started_at: nowSeconds(context),
  };
  context.account.bot_runs.set(run.id, run);
  return { run, settled: proceed(context, bot, run, options) };
}

/** Takes a bot up where it waits: first the handlers that the integration hands over, then its own. */
export function continueBot(
  context: AccountContext,
  run: BotRun,
  {
    data,
    handlers,
  }: { readonly data: Readonly<Record<string, unknown>>; readonly handlers: readonly BotHandler[] },
  options: RunOptions = {},
): StartedRun {
  const bot = context.account.bots.get(run.bot_id);
  run.data = { ...run.data, ...data };
  run.pending = [...handlers, ...run.pending];
  run.state = 'running';
  return { run, settled: bot ? proceed(context, bot, run, options) : Promise.resolve() };
}

/** Ends the runs of a bot on an entity. */
export function stopBot(context: AccountContext, botId: number, target: BotTarget): void {
  for (const run of runsOn(context, target)) {
    if (run.bot_id === botId && isLive(run)) run.state = 'stopped';
  }
}

async function proceed(
  context: AccountContext,
  bot: Salesbot,
  run: BotRun,
  options: RunOptions,
): Promise<void> {
  for (let count = 0; isRunning(run); count++) {
    const [handler, ...rest] = run.pending;
    run.pending = rest;
    if (handler === undefined) run.state = 'finished';
    else if (count >= mostHandlers) fail(run, `The bot goes in a circle: ${mostHandlers} handlers have run.`);
    else await execute(context, bot, run, handler, options);
  }
}

async function execute(
  context: AccountContext,
  bot: Salesbot,
  run: BotRun,
  handler: BotHandler,
  options: RunOptions,
): Promise<void> {
  switch (handler.handler) {
    case 'show':
      await show(context, run, handler.params);
      return;
    case 'goto':
      goTo(bot, run, handler.params);
      return;
    case 'widget_request': {
      const step = bot.steps[run.step];
      // Waits before the answer is there: an integration may continue the bot within its own answer.
      run.state = 'waiting';
      const failure = await sendWidgetRequest(context, run, step ?? { question: [] }, handler, options);
      if (failure !== undefined && isWaiting(run)) fail(run, failure);
      return;
    }
    default:
      fail(run, `The sandbox runs show, goto and widget_request, not "${handler.handler}".`);
  }
}

async function show(context: AccountContext, run: BotRun, params: BotHandler['params']): Promise<void> {
  const filled = fillPlaceholders(context.account, run, params) as Readonly<Record<string, unknown>>;
  run.shown.push(filled);
  const type = { leads: 'lead', customers: 'customer', contacts: undefined }[run.entity_type];
  const talk = [...context.account.talks.values()].find(
    (one) =>
      one.is_in_work &&
      (type === undefined
        ? one.contact_id === run.entity_id
        : one.entity_type === type && one.entity_id === run.entity_id),
  );
  const chat = talk && context.account.chats.get(talk.chat_id);
  if (chat) await sendFromManager(context, { chat, by: null, content: shownMessage(filled) });
}

function goTo(bot: Salesbot, run: BotRun, { type, step }: BotHandler['params']): void {
  if (type === 'finish') {
    run.state = 'finished';
    return;
  }
  const key = typeof step === 'number' || typeof step === 'string' ? String(step) : '';
  const target = Object.hasOwn(bot.steps, key) ? bot.steps[key] : undefined;
  if (target === undefined) {
    fail(run, `The bot has no step ${key || JSON.stringify(step)} to go to.`);
    return;
  }
  run.step = key;
  run.pending = (type === 'answer' ? target.answer : target.question) ?? [];
}

function runsOn({ account }: AccountContext, { entity_id, entity_type }: BotTarget): BotRun[] {
  return [...account.bot_runs.values()].filter(
    (run) => run.entity_id === entity_id && run.entity_type === entity_type,
  );
}

function fail(run: BotRun, failure: string): void {
  run.state = 'failed';
  run.failure = failure;
}

// As functions, since the state changes while a handler is awaited, which the compiler does not see.
function isRunning(run: BotRun): boolean {
  return run.state === 'running';
}

function isWaiting(run: BotRun): boolean {
  return run.state === 'waiting';
}

function isLive(run: BotRun): boolean {
  return isRunning(run) || isWaiting(run);
}
