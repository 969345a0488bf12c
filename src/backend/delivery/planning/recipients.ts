/**
 * What of the API's answers tells who the contacts are: those embedded in a lead or customer
 * (`platform/server.md §5.2`, `§5.3`), or the list of its links (`§5.5`), which marks the main contact by another key.
 */
export interface ContactsAnswer {
  readonly _embedded?: {
    readonly contacts?: readonly EmbeddedContact[] | null;
    readonly links?: readonly EntityLink[] | null;
  } | null;
}

export interface EmbeddedContact {
  readonly id: number | string;
  readonly is_main?: unknown;
}

export interface EntityLink {
  readonly to_entity_id: number | string;
  readonly to_entity_type: string;
  readonly metadata?: { readonly main_contact?: unknown; readonly is_main?: unknown } | null;
}

/**
 * Ids of the contacts to write to: the main contact first, the others in the order of the answer, each once. With
 * `onlyMain` the main contact alone, or the first where none is marked, since somebody was meant to get the message.
 */
export function recipients(
  answer: ContactsAnswer | undefined,
  { onlyMain }: { readonly onlyMain: boolean },
): number[] {
  const marked = readContacts(answer);
  const inOrder = [...marked.filter(({ isMain }) => isMain), ...marked.filter(({ isMain }) => !isMain)];
  const ids = [...new Set(inOrder.map(({ id }) => id))];
  return onlyMain ? ids.slice(0, 1) : ids;
}

interface Marked {
  readonly id: number;
  readonly isMain: boolean;
}

function readContacts(answer: ContactsAnswer | undefined): Marked[] {
  const embedded = answer?._embedded;
  const contacts = listOf<EmbeddedContact>(embedded?.contacts).map((contact) => ({
    id: Number(contact.id),
    isMain: isMarked(contact.is_main),
  }));
  const links = listOf<EntityLink>(embedded?.links)
    .filter((link) => link.to_entity_type === 'contacts')
    .map(({ to_entity_id, metadata }) => ({
      id: Number(to_entity_id),
      isMain: isMarked(metadata?.main_contact) || isMarked(metadata?.is_main),
    }));
  return [...contacts, ...links].filter(({ id }) => Number.isSafeInteger(id) && id > 0);
}

/** PHP prints an empty list as an empty object, and an answer may be anything. */
function listOf<T extends object>(value: unknown): T[] {
  const list: unknown[] = Array.isArray(value) ? value : [];
  return list.filter((one): one is T => typeof one === 'object' && one !== null);
}

function isMarked(value: unknown): boolean {
  return value === true || value === 1 || value === '1' || value === 'true';
}
