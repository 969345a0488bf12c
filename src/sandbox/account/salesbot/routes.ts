import type { FastifyInstance, FastifyReply } from 'fastify';

import { adminOf, callerOf } from '../api/caller.js';
import { readItem, readItems } from '../api/fields.js';
import { selfLink, sendHal, sendNothing, sendPage } from '../api/hal.js';
import { Problem } from '../api/problem.js';
import { filterOf, numbersOf } from '../api/query.js';
import type { Query } from '../api/query.js';
import type { AccountContext } from '../context.js';
import type { BotRun, Salesbot } from '../state.js';
import { readContinuation } from './continue-body.js';
import { continueBot, startBot, stopBot } from './run.js';
import type { StartedRun } from './run.js';
import { mostOrders, readOrder, stopEntityTypes, v2EntityTypes, v4EntityTypes } from './run-body.js';
import type { EntityTypeNames } from './run-body.js';

interface BotParams {
  readonly bot: string;
}

/**
 * Bots and `continue` (`platform/server.md §9`). To be registered where calls are let through by
 * {@link import('../api/caller.js').requireCaller}.
 */
export function salesbotApi(app: FastifyInstance, context: AccountContext): void {
  addBotRoutes(app, context);
  addRunRoutes(app, context);
  app.post<{ Params: BotParams & { id: string; kind: string } }>(
    '/api/v4/:kind(^salesbot$|^marketingbot$)/:bot/continue/:id',
    (request, reply) => {
      adminOf(request);
      const continuation = readItem(request.body, ({ fields }) => readContinuation(fields));
      const run = waitingRun(context, request.params);
      settle(continueBot(context, run, continuation));
      accepted(reply);
    },
  );
}

function addBotRoutes(app: FastifyInstance, context: AccountContext): void {
  const print = ({ id, name }: Salesbot) => ({ id, name, _links: selfLink(context, `/bots/${id}`) });
  app.get('/api/v4/bots', (request, reply) => {
    callerOf(request);
    const ids = numbersOf(filterOf(request.query as Query)['id'], 'filter[id]');
    const items = [...context.account.bots.values()].filter(({ id }) => ids?.includes(id) ?? true);
    sendPage(context, request, reply, { name: 'items', items, print });
  });
  app.get<{ Params: BotParams }>('/api/v4/bots/:bot', (request, reply) => {
    callerOf(request);
    const bot = context.account.bots.get(Number(request.params.bot));
    if (bot) sendHal(reply, print(bot));
    else sendNothing(reply);
  });
}

function addRunRoutes(app: FastifyInstance, context: AccountContext): void {
  const runMany = (path: string, types: EntityTypeNames) => {
    app.post(path, (request, reply) => {
      callerOf(request);
      const orders = readItems(request.body, ({ fields }) => readOrder(context, fields, types), {
        most: mostOrders,
      });
      for (const order of orders) if (order) settle(startBot(context, order.bot, order.target));
      accepted(reply);
    });
  };
  runMany('/api/v2/salesbot/run', v2EntityTypes);
  runMany('/api/v4/bots/run', v4EntityTypes);

  app.post<{ Params: BotParams }>('/api/v4/bots/:bot/run', (request, reply) => {
    callerOf(request);
    const id = Number(request.params.bot);
    const order = readItem(request.body, ({ fields }) => readOrder(context, fields, v4EntityTypes, id));
    if (order) settle(startBot(context, order.bot, order.target));
    accepted(reply);
  });
  app.post<{ Params: BotParams }>('/api/v4/bots/:bot/stop', (request, reply) => {
    callerOf(request);
    const id = Number(request.params.bot);
    const order = readItem(request.body, ({ fields }) => readOrder(context, fields, stopEntityTypes, id));
    if (order) stopBot(context, order.bot.id, order.target);
    accepted(reply);
  });
}

/** @throws Problem 404 when nobody waits there. How long a bot waits is not documented; here without end. */
function waitingRun(
  { account }: AccountContext,
  { kind, bot, id }: BotParams & { readonly id: string; readonly kind: string },
): BotRun {
  const run = account.bot_runs.get(Number(id));
  // The sandbox has no marketing bots, so nothing waits at their address.
  if (kind !== 'salesbot' || run?.bot_id !== Number(bot) || run.state !== 'waiting') {
    throw new Problem(404, 'No bot waits to be continued here.');
  }
  return run;
}

/** The call is answered before the bot has run: its steps may take seconds. */
function settle({ settled }: StartedRun): void {
  void settled;
}

/** 202 without a body: what the platform's body holds is not known. */
function accepted(reply: FastifyReply): void {
  void reply.code(202).send();
}
