import type { CardContact } from '../../../kommo/widget.js';

/** What the page of a card tells widgets; it is empty again when another page opens. */
export interface OpenCard {
  /** Contacts of the open card, the main one first: `get_current_card_contacts_data` (`platform/widget.md §3.2`). */
  contacts: readonly CardContact[];
}
