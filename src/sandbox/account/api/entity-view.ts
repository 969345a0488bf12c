import { selfLink } from './hal.js';
import { contactsOf, linksOf } from '../links.js';
import type { AccountContext } from '../context.js';
import type { Entity, EntityMap, EntityType } from '../state.js';

/**
 * An entity as the API prints it (`platform/server.md §5.2`–`§5.4`). `extras` are the names in `with`; unknown
 * ones are ignored.
 */
export function entityView<T extends EntityType>(
  context: AccountContext,
  type: T,
  entity: EntityMap[T],
  extras: ReadonlySet<string>,
): object {
  return views[type](context, entity as never, extras);
}

type View<T extends EntityType> = (
  context: AccountContext,
  entity: EntityMap[T],
  extras: ReadonlySet<string>,
) => object;

const views: { readonly [T in EntityType]: View<T> } = {
  leads: (context, lead, extras) => {
    const { tags, source_id, is_price_modified_by_robot, ...fields } = lead;
    return {
      ...fields,
      ...(extras.has('is_price_modified_by_robot') ? { is_price_modified_by_robot } : {}),
      ...(extras.has('source_id') ? { source_id } : {}),
      _links: selfLink(context, `/leads/${lead.id}`),
      _embedded: {
        tags,
        companies: linked(context, 'leads', lead.id, 'companies'),
        ...(extras.has('contacts') ? { contacts: people(context, 'leads', lead) } : {}),
        ...(extras.has('loss_reason') ? { loss_reason: lossReason(context, lead.loss_reason_id) } : {}),
        ...(extras.has('source') ? { source: source(context, source_id) } : {}),
        ...(extras.has('catalog_elements') ? { catalog_elements: [] } : {}),
      },
    };
  },
  contacts: (context, contact, extras) => {
    const { tags, ...fields } = contact;
    return {
      ...fields,
      _links: selfLink(context, `/contacts/${contact.id}`),
      _embedded: {
        tags,
        companies: linked(context, 'contacts', contact.id, 'companies'),
        ...(extras.has('leads') ? { leads: linked(context, 'contacts', contact.id, 'leads') } : {}),
        ...(extras.has('customers')
          ? { customers: linked(context, 'contacts', contact.id, 'customers') }
          : {}),
        ...(extras.has('catalog_elements') ? { catalog_elements: [] } : {}),
      },
    };
  },
  companies: (context, company, extras) => {
    const { tags, ...fields } = company;
    return {
      ...fields,
      _links: selfLink(context, `/companies/${company.id}`),
      _embedded: {
        tags,
        ...(extras.has('contacts') ? { contacts: linked(context, 'companies', company.id, 'contacts') } : {}),
        ...(extras.has('leads') ? { leads: linked(context, 'companies', company.id, 'leads') } : {}),
        ...(extras.has('customers')
          ? { customers: linked(context, 'companies', company.id, 'customers') }
          : {}),
        ...(extras.has('catalog_elements') ? { catalog_elements: [] } : {}),
      },
    };
  },
  customers: (context, customer, extras) => {
    const { tags, ...fields } = customer;
    return {
      ...fields,
      _links: selfLink(context, `/customers/${customer.id}`),
      _embedded: {
        tags,
        segments: [],
        ...(extras.has('contacts') ? { contacts: people(context, 'customers', customer) } : {}),
        ...(extras.has('companies')
          ? { companies: linked(context, 'customers', customer.id, 'companies') }
          : {}),
        ...(extras.has('catalog_elements') ? { catalog_elements: [] } : {}),
      },
    };
  },
};

function people(context: AccountContext, type: 'leads' | 'customers', { id }: Pick<Entity, 'id'>): object[] {
  return contactsOf(context.account, type, id).map((contact) => ({
    ...contact,
    _links: selfLink(context, `/contacts/${contact.id}`),
  }));
}

function linked(context: AccountContext, type: EntityType, id: number, to: EntityType): object[] {
  return linksOf(context.account, type, id, to).map((one) => ({
    id: one.to_entity_id,
    _links: selfLink(context, `/${to}/${one.to_entity_id}`),
  }));
}

function lossReason(context: AccountContext, id: number | null): object[] {
  return context.account.loss_reasons
    .filter((reason) => reason.id === id)
    .map((reason) => ({ ...reason, _links: selfLink(context, `/leads/loss_reasons/${reason.id}`) }));
}

function source({ account }: AccountContext, id: number | null): object {
  const found = id === null ? undefined : account.sources.get(id);
  return found ? { id: found.id, name: found.name, external_id: found.external_id } : {};
}
