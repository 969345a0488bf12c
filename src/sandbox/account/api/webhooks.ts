import { adminOf } from './caller.js';
import { readItem } from './fields.js';
import { sendAll, sendHal, sendNothing } from './hal.js';
import { Problem } from './problem.js';
import { filterOf, stringsOf } from './query.js';
import { nowSeconds } from '../context.js';
import type { FastifyInstance } from 'fastify';
import type { Fields } from './fields.js';
import type { Query } from './query.js';
import type { AccountContext } from '../context.js';
import type { Webhook } from '../state.js';

const most = 100;

/** Every event that a webhook may ask for (`platform/server.md §4.1`), of both brands. */
export const webhookEvents: ReadonlySet<string> = new Set([
  ...['add', 'update', 'delete', 'responsible'].flatMap((action) =>
    ['lead', 'contact', 'company', 'customer', 'task'].map((entity) => `${action}_${entity}`),
  ),
  ...['lead', 'contact', 'company'].map((entity) => `restore_${entity}`),
  ...['lead', 'contact', 'company', 'customer'].map((entity) => `note_${entity}`),
  'status_lead',
  'add_talk',
  'update_talk',
  'add_message',
  'add_chat_template_review',
]);

/** General webhooks (`platform/server.md §4.1`), for administrators. The address is a webhook's identity. */
export function webhooks(app: FastifyInstance, context: AccountContext): void {
  const find = (destination: string | undefined) =>
    [...context.account.webhooks.values()].find((webhook) => webhook.destination === destination);

  app.get<{ Querystring: Query }>('/webhooks', (request, reply) => {
    adminOf(request);
    const destinations = stringsOf(filterOf(request.query)['destination']);
    const found = [...context.account.webhooks.values()].filter(
      ({ destination }) => !destinations || destinations.includes(destination),
    );
    sendAll(context, request, reply, 'webhooks', found);
  });

  app.post('/webhooks', (request, reply) => {
    const { user } = adminOf(request);
    const { account } = context;
    const wanted = readItem(request.body, ({ fields }) => readWebhook(fields));
    const known = find(wanted.destination);
    if (!known && account.webhooks.size >= most) {
      throw new Problem(422, `An account has at most ${most} webhooks.`);
    }
    const at = nowSeconds(context);
    // A known address gets the given events instead of its own. Whether the platform merges them, and whether it
    // switches a disabled webhook on again, is unknown: here it replaces, and the webhook stays off.
    const webhook: Webhook = {
      id: known?.id ?? context.ids.number(),
      destination: wanted.destination,
      created_at: known?.created_at ?? at,
      updated_at: at,
      account_id: account.id,
      created_by: known?.created_by ?? user.id,
      sort: wanted.sort ?? known?.sort ?? (account.webhooks.size + 1) * 10,
      disabled: known?.disabled ?? false,
      settings: wanted.settings,
    };
    if (known) Object.assign(known, webhook);
    else account.webhooks.set(webhook.id, webhook);
    sendHal(reply, webhook, 201);
  });

  app.delete('/webhooks', (request, reply) => {
    adminOf(request);
    const destination = readItem(request.body, ({ fields }) => {
      fields.require('destination');
      return fields.text('destination');
    });
    const webhook = find(destination);
    if (!webhook) throw new Problem(404, 'There is no webhook with this destination.');
    context.account.webhooks.delete(webhook.id);
    sendNothing(reply);
  });
}

function readWebhook(fields: Fields) {
  fields.require('destination');
  fields.require('settings');
  const destination = fields.text('destination') ?? '';
  if (!isAddress(destination)) {
    fields.fail(
      'destination',
      'InvalidUrl',
      'An http or https address without Cyrillic letters was expected.',
    );
  }
  const settings = fields.raw('settings');
  if (!Array.isArray(settings) || settings.length === 0) {
    fields.fail('settings', 'InvalidType', 'A list of event names was expected.');
    return { destination, settings: [], sort: fields.whole('sort') };
  }
  const names = new Set<string>();
  for (const [index, name] of settings.entries()) {
    if (typeof name === 'string' && webhookEvents.has(name)) names.add(name);
    else fields.fail(`settings.${index}`, 'NotSupportedChoice', 'There is no such event.');
  }
  return { destination, settings: [...names], sort: fields.whole('sort') };
}

function isAddress(text: string): boolean {
  const isCyrillic = /[\u0400-\u04ff]/.test(text.split('/')[2] ?? '');
  return /^https?:\/\//.test(text) && URL.canParse(text) && !isCyrillic;
}
