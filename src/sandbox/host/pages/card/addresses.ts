import type { ActionData, CardContact } from '../../../../kommo/widget.js';
import { escapeHtml } from '../../dom.js';
import { lookUp } from '../../words/look-up.js';
import type { Host } from '../../host.js';
import type { Translate } from '../../words/words.js';
import { openMenu, type MenuChoice } from '../../menu.js';
import type { CardKey } from './words.js';

export type AddressType = 'phone' | 'email';

/** A phone number or an e-mail address as a link; {@link answerAddresses} opens the menu of its actions. */
export function addressHtml(
  t: Translate<CardKey>,
  type: AddressType,
  { value, kind }: { readonly value: string; readonly kind: string },
  ownerId: number,
): string {
  const scheme = type === 'phone' ? 'tel' : 'mailto';
  return `<span class="card-address"><a class="card-address__link" href="${scheme}:${escapeHtml(encodeURI(value))}"
    data-type="${type}" data-value="${escapeHtml(value)}" data-owner="${ownerId}"
    aria-haspopup="menu" aria-expanded="false">${escapeHtml(value)}</a>
    <span class="card-address__kind">${escapeHtml(kindName(t, kind))}</span></span>`;
}

/** What a number or address is for, in words; a kind of the account's own as it is. */
export function kindName(t: Translate<CardKey>, kind: string): string {
  const known = ['WORK', 'WORKDD', 'MOB', 'FAX', 'HOME', 'PRIV', 'OTHER'] as const;
  const name = known.find((one) => one === kind);
  return name === undefined ? kind : t(`kind${name}`);
}

/**
 * A click on a link of {@link addressHtml} opens the actions that widgets added with `add_action`
 * (`platform/widget.md §3.2`), named by `widget.call_action` of their words or by the widget itself (`§1.2`). Of what
 * the function gets only `value` is told of; the card and the person stand beside it here.
 */
export function answerAddresses(
  $root: JQuery,
  host: Host,
  t: Translate<CardKey>,
  {
    element,
    personOf,
  }: {
    readonly element: () => { id: number; type: number };
    readonly personOf: (id: number) => CardContact | undefined;
  },
): void {
  $root.on('click', '.card-address__link', (event) => {
    event.preventDefault();
    const link = event.currentTarget as HTMLAnchorElement;
    const { type = 'phone', value = '', owner = '' } = link.dataset;
    const contact = personOf(Number(owner));
    const data: ActionData = { value, type, element: element(), ...(contact && { contact }) };
    const choices = host.app.actions.all
      .filter((action) => action.type === type)
      .map((action): MenuChoice => ({
        label: actionName(host, action.widget, action.type),
        choose: () => {
          action.run(data);
        },
      }));
    const copy: MenuChoice = { label: t('copy'), choose: () => void copyText(value) };
    openMenu(link, value, [...choices, copy]);
  });
}

function actionName(host: Host, code: string, type: AddressType): string {
  const { words } = host.widget(code) ?? {};
  const names = [
    type === 'phone' ? lookUp(words, 'widget.call_action') : undefined,
    lookUp(words, 'widget.name'),
  ];
  return names.find((name): name is string => typeof name === 'string' && name !== '') ?? code;
}

/** The browser may refuse it, e.g. while another window has the focus. */
async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // The value stays on the screen, where it can be selected.
  }
}
