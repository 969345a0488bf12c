import type { CardElement, CardLink } from '../../../../kommo/card-sdk.js';
import { draw, escapeHtml } from '../../dom.js';
import { $ } from '../../jquery.js';
import type { Host } from '../../host.js';
import type { Translate } from '../../words/words.js';
import type { CardKind } from './kinds.js';
import { drawElements, drawFound, type LinkedElement } from './sdk-elements.js';
import type { CardKey } from './words.js';

/** The tab of a widget with location `card_sdk` (`platform/widget.md §4.1`). */
export interface SdkTab {
  readonly code: string;
  readonly $pane: JQuery;
  /** The tab is shown: the first time asks the widget. */
  show(): void;
  /** Whether links were changed that the card's save has to tell. */
  readonly isChanged: boolean;
  /** The card was saved under this id: tells the widget. */
  save(id: number): Promise<void>;
  /** Takes the changes back. */
  cancel(): void;
}

/** All four are mandatory (`platform/widget.md §4.1`). */
export const sdkCallbacks = ['loadPreloadedData', 'loadElements', 'linkCard', 'searchDataInCard'] as const;

export interface SdkParts {
  readonly host: Host;
  readonly t: Translate<CardKey>;
  readonly kind: CardKind;
  /** Of the card; 0 while it is new. */
  readonly id: () => number;
  readonly onChange: () => void;
}

/** Milliseconds without a key after which the search is asked for. */
const searchPause = 250;

/**
 * The widget's element is `#<code>`, empty, where it may draw what it likes. Elements that `loadPreloadedData` gives
 * are offered below it, with the search and the linked elements; a widget that gives no list draws by itself.
 */
export function createSdkTab(code: string, { host, t, kind, id, onChange }: SdkParts): SdkTab {
  const $pane = draw(`<div class="card-sdk"><div id="${escapeHtml(code)}" class="card-sdk__own"></div>
    <div class="card-sdk__host h-hidden"><p class="card-sdk__error h-hidden" role="alert"></p>
      <div class="card-sdk__linked"></div>
      <label class="card-sdk__search">${escapeHtml(t('addElement'))}
        <input class="text-input" type="search" placeholder="${escapeHtml(t('search'))}" autocomplete="off"></label>
      <div class="card-sdk__found"></div></div></div>`);
  const $error = $pane.find('.card-sdk__error');
  const $search = $pane.find('input');
  let isAsked = false;
  let preloaded: readonly CardElement[] = [];
  let stored: readonly LinkedElement[] = [];
  let linked: readonly LinkedElement[] = [];
  let found: readonly CardElement[] = [];
  let turn = 0;
  let pause: number | undefined;

  const ask = async (name: (typeof sdkCallbacks)[number], ...args: unknown[]): Promise<unknown> => {
    $error.addClass('h-hidden');
    try {
      return await host.lifecycle.call(code, name, ...args);
    } catch {
      // Why is in the report; a person sees that it failed.
      $error.text(t('widgetFailed')).removeClass('h-hidden');
      return undefined;
    }
  };
  const showLinked = (): void => {
    drawElements($pane.find('.card-sdk__linked'), linked, t);
  };
  const showFound = (): void => {
    const free = found.filter((one) => !linked.some((other) => other.id === one.id));
    drawFound($pane.find('.card-sdk__found'), free, t);
  };
  const change = (next: readonly LinkedElement[]): void => {
    linked = next;
    showLinked();
    showFound();
    onChange();
  };
  const loadLinked = async (): Promise<void> => {
    const elements = id() === 0 ? [] : elementsOf(await ask('loadElements', entityOf(kind), id()));
    stored = elements.map((element) => ({ ...element, quantity: element.quantity ?? 1 }));
    linked = stored;
    showLinked();
    showFound();
  };
  const search = async (): Promise<void> => {
    const query = String($search.val() ?? '').trim();
    const mine = ++turn;
    const answer =
      query === '' ? preloaded : elementsOf(await ask('searchDataInCard', query, kind.element, id()));
    if (mine !== turn) return;
    found = answer;
    showFound();
  };

  $search.on('input', () => {
    window.clearTimeout(pause);
    pause = window.setTimeout(() => void search(), searchPause);
  });
  $search.on('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    window.clearTimeout(pause);
    void search();
  });
  $pane.on('click', '.card-sdk__link', ({ currentTarget }) => {
    const element = found.find((one) => String(one.id) === $(currentTarget).attr('data-id'));
    if (element !== undefined) change([...linked, { ...element, quantity: 1 }]);
  });
  $pane.on('click', '.card-sdk__unlink', ({ currentTarget }) => {
    change(linked.filter((one) => String(one.id) !== $(currentTarget).attr('data-id')));
  });
  $pane.on('change', '.card-sdk__quantity', ({ currentTarget }) => {
    const $input = $(currentTarget);
    const quantity = Number($input.val());
    const valid = Number.isFinite(quantity) && quantity > 0 ? quantity : 1;
    change(
      linked.map((one) => (String(one.id) === $input.attr('data-id') ? { ...one, quantity: valid } : one)),
    );
  });

  const links = (cardId: number): { link: CardLink[]; unlink: CardLink[] } => {
    const linkOf = (element: LinkedElement): CardLink => ({
      from: kind.type,
      from_id: cardId,
      to_id: element.id,
      to_widget_id: code,
      quantity: element.quantity,
    });
    return {
      link: linked
        .filter((one) => !stored.some((old) => old.id === one.id && old.quantity === one.quantity))
        .map(linkOf),
      unlink: stored.filter((old) => !linked.some((one) => one.id === old.id)).map(linkOf),
    };
  };

  return {
    code,
    $pane,
    show() {
      if (isAsked) return;
      isAsked = true;
      void ask('loadPreloadedData').then(async (answer) => {
        if (!Array.isArray(answer)) return;
        $pane.find('.card-sdk__host').removeClass('h-hidden');
        preloaded = elementsOf(answer);
        found = preloaded;
        await loadLinked();
      });
    },
    get isChanged() {
      const { link, unlink } = links(0);
      return link.length + unlink.length > 0;
    },
    async save(cardId) {
      await ask('linkCard', links(cardId));
      await loadLinked();
    },
    cancel() {
      linked = stored;
      showLinked();
      showFound();
    },
  };
}

/** The card's kind as `loadElements` gets it. Its text is not documented; here it is the type of the API. */
function entityOf({ element, type }: CardKind): { id: number; type: string } {
  return { id: element, type };
}

/** What is an element among what a widget answered. */
function elementsOf(answer: unknown): readonly CardElement[] {
  const all: readonly unknown[] = Array.isArray(answer) ? answer : [];
  return all.filter((one): one is CardElement => typeof one === 'object' && one !== null && 'id' in one);
}
