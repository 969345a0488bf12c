import { callerOf } from './caller.js';
import { selfLink, sendHal } from './hal.js';
import { withOf } from './query.js';
import type { FastifyInstance } from 'fastify';
import type { Query } from './query.js';
import type { AccountContext } from '../context.js';

/** `GET /account` (`platform/server.md §1.7`). */
export function accountInfo(app: FastifyInstance, context: AccountContext): void {
  app.get<{ Querystring: Query }>('/account', (request, reply) => {
    const { user } = callerOf(request);
    const { account } = context;
    const extras = withOf(request.query);
    const only = (name: string, fields: object) => (extras.has(name) ? fields : {});
    const self = selfLink(context, '/account');
    sendHal(reply, {
      id: account.id,
      name: account.name,
      subdomain: account.subdomain,
      created_at: account.created_at,
      created_by: 0,
      updated_at: account.created_at,
      updated_by: 0,
      current_user_id: user.id,
      country: account.country,
      currency: account.currency,
      currency_symbol: account.currency_symbol,
      customers_mode: account.customers_mode,
      is_unsorted_on: account.is_unsorted_on,
      mobile_feature_version: 0,
      is_loss_reason_enabled: true,
      is_helpbot_enabled: false,
      is_technical_account: false,
      contact_name_display_order: 1,
      ...only('amojo_id', { amojo_id: account.amojo_id }),
      ...only('uuid', { uuid: account.uuid }),
      ...only('version', { version: 1 }),
      ...only('drive_url', { drive_url: `${context.url}/drive` }),
      ...only('is_api_filter_enabled', { is_api_filter_enabled: true }),
      _links: self,
      _embedded: {
        ...only('amojo_rights', { amojo_rights: { can_direct: true, can_create_groups: true } }),
        ...only('users_groups', { users_groups: account.groups }),
        ...only('task_types', { task_types: account.task_types }),
        ...only('entity_names', { entity_names: entityNames }),
        ...only('datetime_settings', { datetime_settings: datetimeSettings(account.timezone) }),
        ...only('invoices_settings', { invoices_settings: null }),
      },
    });
  });
}

const entityNames = {
  leads: { en: { gender: 'n', singular_form: { default: 'Lead' }, plural_form: { default: 'Leads' } } },
} as const;

function datetimeSettings(timezone: string) {
  return {
    date_pattern: 'm/d/Y H:i',
    short_date_pattern: 'm/d/Y',
    short_time_pattern: 'H:i',
    date_format: 'm/d/Y',
    time_format: 'H:i:s',
    timezone,
    timezone_offset: offsetOf(timezone),
  };
}

function offsetOf(timezone: string): string {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: timezone,
    timeZoneName: 'longOffset',
  }).formatToParts(new Date(0));
  return parts.find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', '') ?? '';
}
