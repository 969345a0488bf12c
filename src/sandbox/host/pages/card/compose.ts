import type { CardContact } from '../../../../kommo/widget.js';
import type { ChatView } from '../../../wire.js';
import type { WidgetSource } from '../../app/app.js';
import { RefusedCall } from '../../account-api.js';
import { draw, escapeHtml } from '../../dom.js';
import type { Host } from '../../host.js';
import type { Translate } from '../../words/words.js';
import type { FeedKey } from './feed-words.js';
import { openMenu, type MenuChoice } from '../../menu.js';

export interface Compose {
  readonly $box: JQuery;
  /** The card's chats are others now, or the state of their channels. */
  offerChats(chats: readonly ChatView[]): void;
  capture(): ComposeState;
  restore(state: ComposeState): void;
  close(): void;
}

export interface ComposeState {
  /** `note`, `chat:<id>`, or `<widget>:<type>:<label>` of a source. */
  readonly source: string;
  readonly text: string;
  readonly phone: string;
}

export interface ComposeParts {
  readonly host: Host;
  readonly t: Translate<FeedKey>;
  readonly people: () => readonly CardContact[];
  /** Writes a note; rejects with the account's refusal. */
  readonly addNote: (type: 'common' | 'sms_out', params: Readonly<Record<string, string>>) => Promise<void>;
  /** Writes into a chat; rejects with the account's refusal. */
  readonly answer: (chat: string, content: { text: string } | { media: 'picture' }) => Promise<void>;
}

const chatKey = ({ id }: ChatView): string => `chat:${id}`;
const keyOf = ({ widget, type, label }: WidgetSource): string => `${widget}:${type}:${label}`;

/** The box under the feed: a message of a chat, a note, or whatever widgets added with `add_source` (`platform/widget.md §3.2`). */
export function createCompose({ host, t, people, addNote, answer }: ComposeParts): Compose {
  const $box = draw(`<section class="feed-compose" aria-label="${escapeHtml(t('compose'))}">
    <div class="feed-compose__top"><button type="button" class="card-link-button feed-compose__source"
      aria-haspopup="menu" aria-expanded="false"></button>
      <label class="feed-compose__to h-hidden">${escapeHtml(t('to'))}
      <select class="text-input card-input feed-compose__phone"></select></label></div>
    <div class="feed-compose__own">
      <textarea class="text-input text-input-textarea feed-compose__text" rows="2"></textarea>
      <p class="feed-compose__error h-hidden" role="alert"></p>
      <p class="feed-compose__off h-hidden">${escapeHtml(t('chatOff'))}</p>
      <div class="feed-compose__buttons"><button type="button"
        class="button-input feed-compose__send"><span class="button-input-inner__text">${escapeHtml(t('send'))}</span></button>
        <button type="button" class="card-link-button feed-compose__picture h-hidden">${escapeHtml(t('sendPicture'))}</button></div>
    </div>
    <div class="feed-compose__widget h-hidden"></div></section>`);
  const $text = $box.find('.feed-compose__text');
  const $phone = $box.find('.feed-compose__phone');
  const $error = $box.find('.feed-compose__error');
  const $send = $box.find('.feed-compose__send');
  let chosen = 'note';
  /** Whether a person has chosen what to write; until then it is the newest chat. */
  let isPicked = false;
  let chats: readonly ChatView[] = [];
  /** Restored before the widget of its source has registered it. */
  let awaited: ComposeState | undefined;

  const current = (): WidgetSource | undefined =>
    host.app.sources.all.find((source) => keyOf(source) === chosen);
  const currentChat = (): ChatView | undefined => chats.find((chat) => chatKey(chat) === chosen);
  const chatLabel = ({ client, channel }: ChatView): string =>
    t('chat', { name: `${client.name}, ${channel}` });
  const label = (source: WidgetSource | undefined): string =>
    source === undefined ? t('note') : source.type === 'sms' ? `SMS: ${source.label}` : source.label;
  const fail = (message: string): void => {
    $error.text(message).toggleClass('h-hidden', message === '');
  };
  const drawPhones = (): void => {
    const before = String($phone.val() ?? '');
    $phone.empty();
    for (const { id, name, phones } of people()) {
      for (const phone of phones) {
        $phone.append(
          draw(`<option value="${escapeHtml(`${id}|${phone}`)}">${escapeHtml(`${name} ${phone}`)}</option>`),
        );
      }
    }
    if (
      $phone
        .find('option')
        .toArray()
        .some((option) => (option as HTMLOptionElement).value === before)
    ) {
      $phone.val(before);
    }
  };
  const enable = (): void => {
    const isEmpty = $text.val() === '' || (current()?.type === 'sms' && $phone.val() === null);
    $send
      .prop('disabled', isEmpty)
      .toggleClass('button-input_blue', !isEmpty)
      .toggleClass('button-input-disabled', isEmpty);
  };
  const choose = (key: string): void => {
    chosen = key;
    const source = current();
    const chat = currentChat();
    if (source === undefined && chat === undefined) chosen = 'note';
    const name = chat === undefined ? label(source) : chatLabel(chat);
    const isOwn = source === undefined || source.type === 'sms';
    $box.find('.feed-compose__source').text(`${name} ▾`);
    $text.attr({
      'aria-label': name,
      placeholder: t(source === undefined && chat === undefined ? 'notePlaceholder' : 'message'),
    });
    $box.find('.feed-compose__picture').toggleClass('h-hidden', chat === undefined);
    $box.find('.feed-compose__off').toggleClass('h-hidden', chat?.is_connected !== false);
    $box.find('.feed-compose__to').toggleClass('h-hidden', source?.type !== 'sms');
    $box.find('.feed-compose__own').toggleClass('h-hidden', !isOwn);
    const $mount = $box.find('.feed-compose__widget').empty().toggleClass('h-hidden', isOwn);
    if (source?.type === 'sms') drawPhones();
    else if (source !== undefined) source.mount($mount.attr('data-widget-code', source.widget));
    fail('');
    enable();
  };
  const send = async (): Promise<void> => {
    const text = String($text.val()).trim();
    const source = current();
    const chat = currentChat();
    if (text === '') return;
    $send.prop('disabled', true);
    fail('');
    try {
      if (chat !== undefined) {
        await answer(chat.id, { text });
        if (currentChat()?.id === chat.id) $text.val('');
      } else if (source?.type === 'sms') {
        const [contact = '', phone = ''] = String($phone.val()).split('|');
        await source.send({ phone, message: text, contact_id: Number(contact) });
        $text.val('');
        host.lifecycle.call(source.widget, 'onSource');
        await addNote('sms_out', { phone, text });
      } else {
        await addNote('common', { text });
        $text.val('');
      }
    } catch (error) {
      fail(
        `${t(error instanceof RefusedCall && chat === undefined ? 'notWritten' : 'notSent')} ${reasonOf(error)}`.trim(),
      );
    }
    enable();
  };

  $box.on('click', '.feed-compose__source', ({ currentTarget }) => {
    const offered = [
      ...chats.map((chat) => [chatKey(chat), chatLabel(chat)] as const),
      ['note', label(undefined)] as const,
      ...host.app.sources.all.map((source) => [keyOf(source), label(source)] as const),
    ];
    const choices = offered.map(([key, name]): MenuChoice => ({
      label: name,
      isChosen: key === chosen,
      choose() {
        isPicked = true;
        choose(key);
        $box.find(':input:visible').not('button').last().trigger('focus');
      },
    }));
    openMenu(currentTarget as HTMLElement, t('compose'), choices);
  });
  $text.on('input', enable).on('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
  });
  $send.on('click', () => void send());
  $box.on('click', '.feed-compose__picture', () => {
    const chat = currentChat();
    if (chat === undefined) return;
    fail('');
    answer(chat.id, { media: 'picture' }).catch((error: unknown) => {
      fail(`${t('notSent')} ${reasonOf(error)}`.trim());
    });
  });
  const unwatch = host.app.sources.watch(() => {
    if (awaited !== undefined && host.app.sources.all.some((source) => keyOf(source) === awaited?.source)) {
      choose(awaited.source);
      $phone.val(awaited.phone);
      awaited = undefined;
    } else if (current() === undefined && currentChat() === undefined) {
      choose('note');
    }
  });
  choose('note');

  return {
    $box,
    offerChats(now) {
      chats = now;
      const newest = now.findLast(({ is_connected }) => is_connected) ?? now.at(-1);
      // What is being written stays what it is.
      if (!isPicked && newest !== undefined && $text.val() === '') choose(chatKey(newest));
      else if (chosen.startsWith('chat:')) choose(chosen);
    },
    capture: () => ({ source: chosen, text: String($text.val()), phone: String($phone.val() ?? '') }),
    restore(state) {
      $text.val(state.text);
      isPicked = true;
      choose(state.source);
      if (chosen !== state.source) awaited = state;
      else if (current()?.type === 'sms') $phone.val(state.phone);
      enable();
    },
    close: unwatch,
  };
}

/** Why a widget did not send, where it says so in words. */
function reasonOf(error: unknown): string {
  if (typeof error === 'string') return error;
  return error instanceof Error ? error.message : '';
}
