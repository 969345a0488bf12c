import { announce } from '../../announce.js';
import { RefusedCall } from '../../account-api.js';
import { draw } from '../../dom.js';
import { makeSaveButton } from '../../save-button.js';
import { commonWords } from '../../words/common.js';
import type { Host, OpenPage } from '../../host.js';
import { happeningWords } from '../board/happening-words.js';
import { openHappeningsMenu } from '../board/happenings-menu.js';
import { answerAddresses } from './addresses.js';
import { createCompose, type ComposeState } from './compose.js';
import { drawFieldList, drawStatistics } from './facts.js';
import { createFeed } from './feed.js';
import { feedWords } from './feed-words.js';
import { createForm, type FormValues } from './form.js';
import { cardPath, type CardKind } from './kinds.js';
import { layout } from './layout.js';
import { answerLinking } from './link-contact.js';
import { drawLinked } from './linked.js';
import { createCurrentCard, followForm } from './model.js';
import { createPanel } from './panel.js';
import { concerns, linkedName, peopleOf, readCard, type CardData } from './read-card.js';
import type { ChatView } from '../../../wire.js';
import { readChats, readFeed, type FeedEntry } from './read-feed.js';
import { createReading } from './reading.js';
import { saveCard } from './save-card.js';
import { sdkTabs, type TitledTab } from './sdk-tabs.js';
import { createTabs } from './tabs.js';
import { cardWords } from './words.js';

interface CardState {
  readonly tab: string;
  readonly drafts: FormValues;
  readonly compose: ComposeState;
  readonly scroll: readonly [fields: number, feed: number];
  readonly panel: { readonly isOpen: boolean; readonly unfolded: readonly string[] };
}

/** Draws a card and keeps it in step with the account. */
export async function openCard(
  $holder: JQuery,
  host: Host,
  kind: CardKind,
  first: CardData,
): Promise<OpenPage> {
  const t = host.words(cardWords);
  const feedT = host.words(feedWords);
  const { id } = first.entity;
  let data = first;
  let entries: readonly FeedEntry[] = [];
  let chats: readonly ChatView[] = [];
  let sdk: readonly TitledTab[] = [];
  const current = await createCurrentCard(kind, id);
  /** Another page may have been opened while this one was read. */
  const isShown = (): boolean => $holder[0]?.isConnected === true;

  const $card = layout(kind, id, {
    t,
    common: host.words(commonWords),
    happenings: host.words(happeningWords)('menu'),
  });
  const $scroll = $card.find('.card-fields__scroll');
  const $error = $card.find('.card-fields__error');
  const $linked = draw('<div class="card-linked-all"></div>');
  const $statistics = draw('<div></div>');
  const $settings = draw('<div></div>');
  const saveButton = makeSaveButton($card.find('.card-save'), () => void save());
  const showChanges = (): void => {
    const isChanged = Object.keys(form.drafts()).length > 0 || sdk.some((tab) => tab.isChanged);
    $card.find('.card-fields__save').toggleClass('h-hidden', !isChanged);
    if (isChanged) saveButton.enable();
    else saveButton.disable();
    followForm(current, data.entity, form.values());
  };
  const form = createForm({
    kind,
    fields: first.fields,
    session: host.session,
    t,
    ownerId: id,
    onChange: showChanges,
  });
  const tabs = createTabs(t('tabs'));
  tabs.add('main', t('main'), draw('<div></div>').append(form.$fields, $linked));
  tabs.add('statistics', t('statistics'), $statistics);
  tabs.add('settings', t('settings'), $settings);
  const feed = createFeed(t('feed'));
  const compose = createCompose({
    host,
    t: feedT,
    people: () => host.app.card.contacts,
    addNote: async (note_type, params) => {
      await host.api.post(`/${kind.type}/${id}/notes`, [{ note_type, params }]);
      await reload();
    },
    async answer(chat, content) {
      await host.api.answerChat(chat, content);
      await reload();
    },
  });
  const panel = createPanel(host, t, kind.location);

  /** Shows what was read last, without touching what a person is typing. */
  const show = (options: { all?: boolean } = {}): void => {
    form.fill(data.entity, options);
    if (isShown()) host.app.card.contacts = peopleOf(kind, data);
    const before = $linked.data('shown') as string | undefined;
    const linked = JSON.stringify(data.linked);
    if (before !== linked) drawLinked($linked.data('shown', linked), kind, data, t);
    if (id !== 0) drawStatistics($statistics, data, entries, { session: host.session, t });
    feed.show(entries, {
      t: feedT,
      session: host.session,
      fields: data.fields,
      nameOf: (singular, one) => linkedName(data, singular, one),
    });
    compose.offerChats(chats);
    showChanges();
  };
  const reload = createReading(
    async () => {
      const card = await readCard(host.api, kind, id);
      if (card === undefined) {
        if (isShown()) await host.router.repeat();
        return undefined;
      }
      const talks = await readChats(host.api, kind, id);
      return { card, talks, feed: await readFeed(host.api, kind, card.entity, talks) };
    },
    ({ card, talks, feed: read }, options) => {
      data = card;
      chats = talks;
      entries = read;
      show(options);
    },
  );

  const save = async (): Promise<void> => {
    const $button = $card.find('.card-save');
    $error.addClass('h-hidden');
    announce($button, 'button:load:start');
    try {
      const saved = await saveCard(host.api, kind, id, { form, sdk });
      if (saved === id) await reload({ all: true });
      else await host.router.go(cardPath(kind.type, saved));
    } catch (error) {
      if (!(error instanceof RefusedCall)) throw error;
      $error.text(error.message).removeClass('h-hidden');
    } finally {
      announce($button, 'button:load:stop');
    }
  };

  const fail = (error: unknown): void => {
    if (!(error instanceof RefusedCall)) throw error;
    host.app.notifications.show_message_error({ header: t('failed'), text: error.message });
  };

  $card.on('click', '.card-cancel', () => {
    for (const tab of sdk) tab.cancel();
    $error.addClass('h-hidden');
    show({ all: true });
  });
  $card.on('click', '.card-fields__back', () => {
    history.back();
  });
  answerLinking($linked, { api: host.api, kind, id, t, reload, fail });
  $card.on('click', '.card-fields__more-button', ({ currentTarget }) => {
    openHappeningsMenu(host, currentTarget as HTMLElement, {
      element_type: kind.element === 12 ? 12 : 2,
      id,
    });
  });
  answerAddresses($card, host, t, {
    element: () => ({ id, type: kind.element }),
    personOf: (owner) => host.app.card.contacts.find((person) => person.id === owner),
  });

  $card.find('.card-fields__top').append(form.$head, tabs.$list);
  $scroll.append(tabs.$panes);
  $card.find('.card-feed').append(feed.$list, id === 0 ? '' : compose.$box);
  $card.append(panel.$panel);
  $holder.append($card);
  drawFieldList($settings, data, t);
  tabs.open('main');
  if (isShown()) host.app.data.current_card = current;
  if (id !== 0) {
    chats = await readChats(host.api, kind, id).catch(() => []);
    entries = await readFeed(host.api, kind, data.entity, chats).catch(() => []);
  }
  show({ all: true });

  return {
    title: data.entity.name === '' ? t(id === 0 ? `${kind.singular}New` : kind.singular) : data.entity.name,
    loaded() {
      sdk = sdkTabs({ host, t, kind, id: () => id, onChange: showChanges });
      for (const tab of sdk) {
        tabs.add(tab.code, tab.title, tab.$pane, () => {
          tab.show();
        });
      }
    },
    async changed(change) {
      if (id !== 0 && concerns(change, kind, data)) await reload().catch(fail);
    },
    capture: (): CardState => ({
      tab: tabs.current,
      drafts: form.drafts(),
      compose: compose.capture(),
      scroll: [$scroll.scrollTop(), feed.$list.scrollTop()],
      panel: { isOpen: panel.isOpen, unfolded: panel.unfolded },
    }),
    restore(state) {
      const { tab, drafts, compose: composed, scroll, panel: shown } = state as CardState;
      form.restore(drafts);
      tabs.open(tab);
      compose.restore(composed);
      panel.open(shown.isOpen);
      for (const code of shown.unfolded) panel.unfold(code);
      $scroll.scrollTop(scroll[0]);
      feed.$list.scrollTop(scroll[1]);
      showChanges();
    },
    close() {
      compose.close();
      panel.close();
    },
  };
}
