import { callerOf } from './caller.js';
import { mayAdd, readEntity, writeNew } from './entity-write.js';
import { isRecord, readItems } from './fields.js';
import { sendHal } from './hal.js';
import { linkEntities, tellAdded } from '../changes.js';
import type { FastifyInstance } from 'fastify';
import type { Fields } from './fields.js';
import type { EntityPlan } from './entity-write.js';
import type { AccountContext } from '../context.js';
import type { EntityType, User } from '../state.js';

/** A lead with its contacts and company, checked and ready to be stored. */
export interface ComplexPlan {
  readonly lead: EntityPlan<'leads'>;
  readonly contacts: readonly Part<'contacts'>[];
  readonly companies: readonly Part<'companies'>[];
}

/** A new entity, or one that is there already. */
type Part<T extends EntityType> =
  | { readonly id: number; readonly isMain: boolean }
  | { readonly plan: EntityPlan<T>; readonly isMain: boolean };

/** Custom-field values that one item may have (`platform/server.md §5.1`). */
const mostValues = 40;

/** `POST /leads/complex`: leads with a contact and a company in one call, at most 50 (`platform/server.md §5.2`). */
export function complex(app: FastifyInstance, context: AccountContext): void {
  app.post('/leads/complex', (request, reply) => {
    const { user } = callerOf(request);
    for (const type of ['leads', 'contacts', 'companies'] as const) mayAdd(context, type, user);
    const plans = readItems(
      request.body,
      ({ request_id, fields }) => ({ request_id, plan: readComplex(context, fields, user) }),
      { most: 50 },
    );
    const added = plans.map(({ request_id, plan }) => {
      const { lead, contacts, companies } = writeComplex(context, plan, user);
      return {
        id: lead,
        contact_id: contacts[0] ?? null,
        company_id: companies[0] ?? null,
        request_id: [request_id],
        merged: false,
      };
    });
    sendHal(reply, added);
  });
}

/** Reads a lead whose `_embedded` holds new contacts and companies, or the ids of known ones. */
export function readComplex(context: AccountContext, fields: Fields, user: User): ComplexPlan {
  const embedded = fields.isNull('_embedded') ? undefined : fields.object('_embedded');
  if (countValues(fields) > mostValues) {
    fields.fail('custom_fields_values', 'TooLong', `At most ${mostValues} values in an item.`);
  }
  const part = <T extends 'contacts' | 'companies'>(type: T): Part<T>[] =>
    (embedded?.list(type) ?? []).map((one) => {
      const isMain = one.flag('is_main') ?? false;
      const id = one.whole('id');
      if (id === undefined) return { plan: readEntity(context, type, one, user), isMain };
      if (!context.account[type].has(id)) one.fail('id', 'NotSupportedChoice', 'There is no such entity.');
      return { id, isMain };
    });
  // Links by id are among the parts below; the reader of leads would refuse parts without an id.
  const own = fields.without('contacts', 'companies');
  return {
    lead: readEntity(context, 'leads', own, user),
    contacts: part('contacts'),
    companies: part('companies'),
  };
}

/** Stores a lead with all that belongs to it and returns the ids. */
export function writeComplex(
  context: AccountContext,
  { lead, contacts, companies }: ComplexPlan,
  user: User,
  { silent = false } = {},
): { lead: number; contacts: number[]; companies: number[] } {
  const idOf = <T extends 'contacts' | 'companies'>(type: T, part: Part<T>): number =>
    'id' in part ? part.id : writeNew(context, type, part.plan, user, { silent }).id;
  const { by } = lead.cause;
  const contactIds = contacts.map((part) => ({ id: idOf('contacts', part), isMain: part.isMain }));
  const companyIds = companies.map((part) => idOf('companies', part));
  const entity = writeNew(context, 'leads', lead, user, { silent: true });
  const { id } = entity;
  for (const contact of contactIds) {
    linkEntities(context, ['leads', id], ['contacts', contact.id], {
      by,
      isMain: contact.isMain,
      silent: true,
    });
  }
  for (const company of companyIds) {
    linkEntities(context, ['leads', id], ['companies', company], { by, silent: true });
    for (const contact of contactIds) {
      linkEntities(context, ['companies', company], ['contacts', contact.id], { by, silent: true });
    }
  }
  // Told last: whoever hears of the lead finds its contacts.
  if (!silent) tellAdded(context, 'leads', entity, lead.cause);
  return { lead: id, contacts: contactIds.map((contact) => contact.id), companies: companyIds };
}

function countValues(fields: Fields): number {
  const values = fields.raw('custom_fields_values');
  if (!Array.isArray(values)) return 0;
  return values.reduce<number>(
    (sum, one: unknown) => sum + (isRecord(one) && Array.isArray(one['values']) ? one['values'].length : 0),
    0,
  );
}
