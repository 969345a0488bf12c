import { RefusedCall } from '../../account-api.js';
import { pathMatcher, type Host, type OpenPage, type Page } from '../../host.js';
import { openCard } from './card.js';
import { cardKinds, type CardKind } from './kinds.js';
import { drawMissing } from './layout.js';
import { newCard, readCard, type CardData } from './read-card.js';
import { cardWords } from './words.js';

/** Cards of leads, contacts, companies and customers; the id `add` is a card that is not saved yet. */
export const cardPages: readonly Page[] = Object.values(cardKinds).map((kind) => ({
  match: pathMatcher(`/${kind.type}/detail/:id`),
  menu: kind.menu,
  area: () => kind.area,
  open: ($holder, host, { id = '' }) => open($holder, host, kind, id),
}));

async function open($holder: JQuery, host: Host, kind: CardKind, id: string): Promise<OpenPage> {
  const t = host.words(cardWords);
  let data: CardData | undefined;
  let reason = t('missingText', { path: `/${kind.type}/detail/${id}` });
  try {
    data = await read(host, kind, id);
  } catch (error) {
    if (!(error instanceof RefusedCall)) throw error;
    reason = error.message;
  }
  if (data !== undefined) return openCard($holder, host, kind, data);
  drawMissing($holder, t, reason).on('click', '.card-again', () => void host.router.repeat());
  return { title: t('missing') };
}

async function read(host: Host, kind: CardKind, id: string): Promise<CardData | undefined> {
  if (id === 'add') return newCard(host.api, kind, host.session);
  return /^\d{1,15}$/.test(id) ? readCard(host.api, kind, Number(id)) : undefined;
}
