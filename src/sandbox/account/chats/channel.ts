import { createHash } from 'node:crypto';

import type { AccountContext } from '../context.js';
import type { Account, ChatChannel } from '../state.js';
import { ChatsError, flag, oneOf, optionalText, text } from './fields.js';
import type { Fields } from './fields.js';

/** What one tells support to have a channel registered (`platform/server.md §6.1`). */
export interface ChannelRequest {
  /** Latin, not beginning with a digit. */
  readonly name: string;
  /** With `:scope_id` in the path, which the platform fills in. */
  readonly webhook_url: string;
  readonly client_uuid?: string | null;
  readonly can_write_first?: boolean;
  readonly subscriptions?: { readonly typing?: boolean; readonly reactions?: boolean };
  /** Both are made up unless given, for who has to know them beforehand. */
  readonly id?: string;
  readonly secret?: string;
}

/**
 * Registers a channel, as support does. Its secret repeats from one run to the next, as all ids here do.
 *
 * @throws RangeError when the name or the address is not what support takes.
 */
export function registerChannel(context: AccountContext, request: ChannelRequest): ChatChannel {
  if (!/^[A-Za-z][\x20-\x7e]*$/.test(request.name)) {
    throw new RangeError(
      `The name of a channel must be Latin and begin with a letter, got "${request.name}"; choose another.`,
    );
  }
  if (!/^https?:$/.test(protocolOf(request.webhook_url)) || !request.webhook_url.includes(':scope_id')) {
    throw new RangeError(
      `The webhook of a channel must be an address with :scope_id in its path, got "${request.webhook_url}"; ` +
        'write for example https://example.com/chats/:scope_id.',
    );
  }
  const { id = context.ids.uuid() } = request;
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) || context.account.channels.has(id)) {
    throw new RangeError(`The id of a channel must be a UUID that no other one has, got "${id}".`);
  }
  const number = context.ids.number();
  const channel: ChatChannel = {
    id,
    code: `amo.ext.${number}`,
    secret: request.secret ?? createHash('sha1').update(`channel ${context.ids.uuid()}`).digest('hex'),
    name: request.name,
    client_uuid: request.client_uuid ?? null,
    webhook_url: request.webhook_url,
    bot: { id: context.ids.uuid(), client_id: `amo.ext.${number}`, name: request.name },
    can_write_first: request.can_write_first ?? false,
    subscriptions: {
      typing: request.subscriptions?.typing ?? false,
      reactions: request.subscriptions?.reactions ?? false,
    },
    scope_id: null,
    title: null,
    is_time_window_disabled: false,
  };
  context.account.channels.set(channel.id, channel);
  return channel;
}

/**
 * Connects the account to a channel; doing it again changes title and time window (`platform/server.md §6.3`).
 * Hooks of version 1 are not supported any more, and a missing version means 1: both are refused here.
 */
export function connectChannel(account: Account, channel: ChatChannel, body: Fields): Fields {
  requireAccount(account, body);
  oneOf(body, 'hook_api_version', 'The body', ['v2']);
  channel.title = optionalText(body, 'title', 'The body') ?? channel.name;
  channel.is_time_window_disabled = flag(body, 'is_time_window_disabled', 'The body', false);
  channel.scope_id = `${channel.id}_${account.amojo_id}`;
  return {
    account_id: account.amojo_id,
    scope_id: channel.scope_id,
    title: channel.title,
    hook_api_version: 'v2',
    is_time_window_disabled: channel.is_time_window_disabled,
  };
}

/** Disconnects the account from a channel: it gets no more hooks, and its scope no more requests. */
export function disconnectChannel(account: Account, channel: ChatChannel, body: Fields): void {
  requireAccount(account, body);
  channel.scope_id = null;
}

/** What uninstalling an integration does to its channels (`platform/server.md §6.3`). */
export function disconnectChannelsOf(account: Account, clientUuid: string): void {
  for (const channel of account.channels.values()) {
    if (channel.client_uuid === clientUuid) channel.scope_id = null;
  }
}

/** The channel of a scope id, connected or not: its secret is what the request is signed with. */
export function channelOfScope(account: Account, scope: string): ChatChannel | undefined {
  const [channelId = '', amojoId] = scope.split('_');
  return amojoId === account.amojo_id ? account.channels.get(channelId) : undefined;
}

/**
 * Puts the channels of an account into the one that takes its place, where they are not connected: what support has
 * registered is the integration's.
 */
export function keepChannels(account: Account, before: Account): void {
  for (const channel of before.channels.values()) {
    account.channels.set(channel.id, { ...channel, scope_id: null, title: null });
  }
}

/** Where the hooks of a connected channel go. */
export function hookAddress(channel: ChatChannel, scopeId: string): string {
  return channel.webhook_url.replaceAll(':scope_id', scopeId);
}

function requireAccount(account: Account, body: Fields): void {
  const id = text(body, 'account_id', 'The body');
  if (id !== account.amojo_id) {
    throw new ChatsError(
      400,
      `The body.account_id must be the account's amojo_id (GET /api/v4/account?with=amojo_id), got "${id}".`,
    );
  }
}

function protocolOf(address: string): string {
  return URL.canParse(address) ? new URL(address).protocol : '';
}
