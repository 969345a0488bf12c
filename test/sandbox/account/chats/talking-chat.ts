import { connectChannel, registerChannel } from '../../../../src/sandbox/account/chats/channel.js';
import { beginChat } from '../../../../src/sandbox/account/chats/chat.js';
import { beginTalk } from '../../../../src/sandbox/account/chats/talk.js';
import type { AccountContext } from '../../../../src/sandbox/account/context.js';
import { seedIds } from '../../../../src/sandbox/account/seed.js';
import type { Chat, ChatChannel, Talk } from '../../../../src/sandbox/account/state.js';

/** A chat with the first contact of the demo account, in a talk on its first lead. */
export function addTalkingChat(
  context: AccountContext,
  webhookUrl = 'http://127.0.0.1:9/:scope_id',
): { channel: ChatChannel; chat: Chat; talk: Talk } {
  const channel = registerChannel(context, { name: 'Chat', webhook_url: webhookUrl, can_write_first: true });
  connectChannel(context.account, channel, {
    account_id: context.account.amojo_id,
    hook_api_version: 'v2',
  });
  const client = { name: 'Client', phone: '+15550100', email: '', contact_id: seedIds.contact };
  const chat = beginChat(context, channel, client);
  const talk = beginTalk(context, channel, chat, { entity_id: seedIds.lead, entity_type: 'lead' });
  return { channel, chat, talk };
}
