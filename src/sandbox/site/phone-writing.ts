import type { ChatMessage, DemoAccount, DemoChat } from '../chat-service/index.js';
import type { Written } from '../chat-service/service.js';
import { refuse, textOf, type Input } from './input.js';
import { mediaOf } from './media.js';
import type { FindContact } from './phone-contacts.js';

const mostCharacters = 4_096;

/**
 * Reads `{ from, name?, account?, text?, media? }`. Without `account` it goes to the business that wrote to this
 * client last, otherwise to the first; without `name` the contact who has the number gives theirs. `media` is
 * `picture` or `file` for what the sandbox has, or `{ kind, url, file_name?, size? }`.
 *
 * @throws Refusal 400
 */
export function readWritten(
  input: Input,
  { chat, find, serviceUrl }: { chat: DemoChat; find: FindContact; serviceUrl: string },
): Written {
  const client = textOf(input, 'from').replace(/[\s().-]/g, '');
  if (!/^\+[1-9]\d{6,14}$/.test(client)) refuse('from', 'a number such as +15550100', input['from']);
  const media = input['media'] == null ? null : mediaOf(input['media'], serviceUrl);
  const text = media !== null && input['text'] == null ? '' : textOf(input, 'text');
  if (text.length > mostCharacters) refuse('text', `at most ${mostCharacters} characters`, text);
  const name = input['name'] == null ? (find(client)?.name ?? null) : textOf(input, 'name').trim();
  const account =
    input['account'] == null ? partnerOf(chat, client) : accountOf(chat.accounts, input['account']);
  return { client, name, account, text, media };
}

/** @throws Refusal 400 */
export function accountOf(accounts: readonly DemoAccount[], id: unknown): DemoAccount {
  const account = accounts.find((one) => one.id === id);
  const ids = accounts.map((one) => one.id).join(', ');
  return account ?? refuse('account', `one of ${ids}`, id);
}

/** The business that wrote to this client last, or was written to. */
function partnerOf({ service, accounts }: DemoChat, client: string): DemoAccount {
  const isTheirs = (one: ChatMessage): boolean => one.client === client;
  const [wrote] = service.newest(1, (one) => isTheirs(one) && one.by === 'business');
  const [last] = wrote === undefined ? service.newest(1, isTheirs) : [wrote];
  return last?.account ?? accountOf(accounts, accounts[0]?.id);
}
