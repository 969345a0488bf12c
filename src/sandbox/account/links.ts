import type { Account, EntityLink, EntityType } from './state.js';

/** Where the links of an entity stand in `account.links`. */
export function linkKey(type: EntityType, id: number): string {
  return `${type}/${id}`;
}

/** What an entity is linked to, optionally only entities of one type. */
export function linksOf(
  account: Account,
  type: EntityType,
  id: number,
  to?: EntityType,
): readonly EntityLink[] {
  const links = account.links.get(linkKey(type, id)) ?? [];
  return to === undefined ? links : links.filter((link) => link.to_entity_type === to);
}

/** The contacts of a lead, company or customer, in the order of linking; at most one of them is the main one. */
export function contactsOf(
  account: Account,
  type: EntityType,
  id: number,
): { readonly id: number; readonly is_main: boolean }[] {
  return linksOf(account, type, id, 'contacts').map((link) => ({
    id: link.to_entity_id,
    is_main: link.metadata?.main_contact ?? false,
  }));
}

/**
 * Links two entities in both directions, or changes which contact is the main one. The first contact of a lead
 * or customer is its main contact until another one is made so. Companies have no main contact.
 */
export function link(
  account: Account,
  [type, id]: readonly [EntityType, number],
  [toType, toId]: readonly [EntityType, number],
  { isMain = false } = {},
): void {
  if (type === 'contacts' && toType !== 'contacts') {
    link(account, [toType, toId], [type, id], { isMain });
    return;
  }
  const hasMain = toType === 'contacts' && type !== 'companies';
  const others = linksOf(account, type, id).filter(
    (one) => one.to_entity_type !== toType || one.to_entity_id !== toId,
  );
  const known = linksOf(account, type, id, toType).find((one) => one.to_entity_id === toId);
  const isFirst = !others.some((one) => one.to_entity_type === 'contacts');
  const main = hasMain && (isMain || isFirst || known?.metadata?.main_contact === true);
  const kept = main ? others.map(withoutMain) : others;
  const metadata = hasMain ? { main_contact: main } : null;
  account.links.set(linkKey(type, id), [...kept, { to_entity_id: toId, to_entity_type: toType, metadata }]);

  const back = account.links.get(linkKey(toType, toId)) ?? [];
  if (!back.some((one) => one.to_entity_type === type && one.to_entity_id === id)) {
    account.links.set(linkKey(toType, toId), [
      ...back,
      { to_entity_id: id, to_entity_type: type, metadata: null },
    ]);
  }
}

/** Takes a link away in both directions; the next contact becomes the main one. False when there was none. */
export function unlink(
  account: Account,
  from: readonly [EntityType, number],
  to: readonly [EntityType, number],
): boolean {
  const existed = drop(account, from, to);
  drop(account, to, from);
  return existed;
}

function drop(
  account: Account,
  [type, id]: readonly [EntityType, number],
  [toType, toId]: readonly [EntityType, number],
): boolean {
  const before = linksOf(account, type, id);
  const after = before.filter((one) => one.to_entity_type !== toType || one.to_entity_id !== toId);
  account.links.set(linkKey(type, id), promoteFirst(type, after));
  return after.length < before.length;
}

function promoteFirst(type: EntityType, links: readonly EntityLink[]): EntityLink[] {
  if (type !== 'leads' && type !== 'customers') return [...links];
  const contacts = links.filter((one) => one.to_entity_type === 'contacts');
  if (contacts.some((one) => one.metadata?.main_contact)) return [...links];
  return links.map((one) => (one === contacts[0] ? { ...one, metadata: { main_contact: true } } : one));
}

function withoutMain(link: EntityLink): EntityLink {
  return link.metadata?.main_contact ? { ...link, metadata: { main_contact: false } } : link;
}
