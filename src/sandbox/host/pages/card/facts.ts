import { draw, escapeHtml } from '../../dom.js';
import type { Session } from '../../../wire.js';
import type { Translate } from '../../words/words.js';
import { userName } from './model.js';
import type { CardData } from './read-card.js';
import type { FeedEntry } from './read-feed.js';
import type { CardKey } from './words.js';

/** The tab Statistics: figures about the entity. */
export function drawStatistics(
  $pane: JQuery,
  { entity }: CardData,
  entries: readonly FeedEntry[],
  { session, t, now = Date.now }: { session: Session; t: Translate<CardKey>; now?: () => number },
): void {
  const { language } = session.switches;
  const { timezone, currency } = session.account;
  const date = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: timezone,
  });
  const money = new Intl.NumberFormat(language, { style: 'currency', currency, maximumFractionDigits: 0 });
  const count = (isCounted: (type: string) => boolean): number =>
    entries.filter((entry) => entry.kind === 'note' && isCounted(entry.note.note_type)).length;
  const end = entity.closed_at ?? Math.floor(now() / 1000);
  const figures: readonly (readonly [string, string | number])[] = [
    [t('created'), date.format(entity.created_at * 1000)],
    [t('createdBy'), userName(session, entity.created_by) ?? '—'],
    [t('changed'), date.format(entity.updated_at * 1000)],
    ...(entity.price === undefined ? [] : [[t('sale'), money.format(entity.price)] as const]),
    ...(entity.ltv === undefined ? [] : [[t('ltv'), money.format(entity.ltv)] as const]),
    ...(entity.purchases_count === undefined ? [] : [[t('purchases'), entity.purchases_count] as const]),
    [t('daysOpen'), Math.max(0, Math.floor((end - entity.created_at) / 86_400))],
    [t('notes'), count((type) => type === 'common')],
    [t('calls'), count((type) => type.startsWith('call_'))],
    ['SMS', count((type) => type.startsWith('sms_'))],
  ];
  const rows = figures.map(
    ([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(String(value))}</dd></div>`,
  );
  $pane.empty().append(draw(`<dl class="card-facts">${rows.join('')}</dl>`));
}

/** The tab Settings: the account's fields of this kind, with the ids that integrations write to. */
export function drawFieldList($pane: JQuery, { fields }: CardData, t: Translate<CardKey>): void {
  const rows = fields.map(
    ({ id, name, type, code }) => `<tr><th scope="row">${escapeHtml(name)}</th>
      <td><code>${id}</code></td><td><code>${type}</code></td><td><code>${escapeHtml(code ?? '')}</code></td></tr>`,
  );
  $pane.empty().append(
    draw(`<table class="card-field-list"><thead><tr><th scope="col">${escapeHtml(t('field'))}</th><th scope="col">ID</th>
      <th scope="col">${escapeHtml(t('type'))}</th><th scope="col">${escapeHtml(t('code'))}</th></tr></thead>
      <tbody>${rows.join('')}</tbody></table>`),
  );
}
