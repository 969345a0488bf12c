import { areas, type Area } from '../../area.js';
import { elementTypes, type ElementType } from '../../../../kommo/elements.js';
import type { EntityType } from '../../../account/state.js';
import type { MenuItem } from '../../host.js';

/** A kind of card, one for each entity that has one. */
export interface CardKind {
  /** In addresses of pages and of the API. */
  readonly type: EntityType;
  /** In answers about one entity: `lead`. */
  readonly singular: 'lead' | 'contact' | 'company' | 'customer';
  readonly element: ElementType;
  readonly area: Area;
  /** The location of widgets in such cards (`platform/widget.md §1.3`). */
  readonly location: 'lcard' | 'ccard' | 'comcard' | 'cucard';
  readonly menu: MenuItem;
}

export const cardKinds: Readonly<Record<EntityType, CardKind>> = {
  leads: {
    type: 'leads',
    singular: 'lead',
    element: elementTypes.lead,
    area: areas.leadCard,
    location: 'lcard',
    menu: 'leads',
  },
  contacts: {
    type: 'contacts',
    singular: 'contact',
    element: elementTypes.contact,
    area: areas.contactCard,
    location: 'ccard',
    menu: 'catalogs',
  },
  companies: {
    type: 'companies',
    singular: 'company',
    element: elementTypes.company,
    area: areas.companyCard,
    location: 'comcard',
    menu: 'catalogs',
  },
  customers: {
    type: 'customers',
    singular: 'customer',
    element: elementTypes.customer,
    area: areas.customerCard,
    location: 'cucard',
    menu: 'customers',
  },
};

/** Address of an entity's card. */
export function cardPath(type: EntityType, id: number): string {
  return `/${type}/detail/${id}`;
}
