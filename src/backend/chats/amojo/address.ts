import type { ChatsChannel, Config } from '../../config.js';
import type { Installation } from '../../installations/tables.js';
import { platformOf } from '../../kommo-api/hosts.js';

const origins: Readonly<Record<Installation['platform'], string>> = {
  kommo: 'https://amojo.kommo.com',
  amocrm: 'https://amojo.amocrm.ru',
};

/**
 * Where the chats API of an account is (`platform/server.md §6.1`). An account on this machine, the sandbox, has it at
 * its own origin.
 */
export function chatsOrigin({ platform, origin }: Pick<Installation, 'platform' | 'origin'>): string {
  return platformOf(origin) === undefined ? origin : origins[platform];
}

/** Our chats channel on the account's platform; undefined: conversations stay out of the account. */
export function chatsChannelOf(
  { platform }: Pick<Installation, 'platform'>,
  { chatsChannels }: Pick<Config, 'chatsChannels'>,
): ChatsChannel | undefined {
  return chatsChannels.find((channel) => channel.platform === platform);
}
