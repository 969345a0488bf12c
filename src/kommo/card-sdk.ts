import type { ElementType } from './elements.js';
import type { Thenable } from './thenable.js';

/**
 * The tab of a card that location `card_sdk` adds; all four are mandatory there
 * (`platform/widget.md §4.1`).
 */
export interface CardCallbacks {
  /** The tab opens for the first time. A widget that draws its own content there resolves to `{}`. */
  loadPreloadedData?(): Thenable<readonly CardElement[] | object>;
  /** Asks for the elements that are linked to the card. */
  loadElements?(entity: CardEntity, id: number): Thenable<readonly CardElement[]>;
  /** The card is saved with changed links. */
  linkCard?(links: CardLinks): Thenable<unknown>;
  /** The user searches in the tab. */
  searchDataInCard?(query: string, type: ElementType, id: number): Thenable<readonly CardElement[]>;
}

/** An element that can be linked to a card. */
export interface CardElement {
  readonly id: number;
  readonly sku: string;
  readonly name: string;
  readonly price: number | string;
  readonly quantity?: number;
}

/** The card's kind: its number and its name. */
export interface CardEntity {
  readonly id: ElementType;
  readonly type: string;
}

export interface CardLinks {
  readonly link: readonly CardLink[];
  readonly unlink: readonly CardLink[];
}

export interface CardLink {
  /** Kind of the card. */
  readonly from: string;
  readonly from_id: number;
  readonly to_id: number;
  /** Code of the widget. */
  readonly to_widget_id: string;
  readonly quantity: number;
}

/** An element of a list; only its id is documented. */
export interface CatalogElement {
  readonly id: number | string;
  readonly [field: string]: unknown;
}
