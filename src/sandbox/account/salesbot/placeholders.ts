import { contactsOf } from '../links.js';
import type { Account, BotRun, Contact, Entity } from '../state.js';

/**
 * Text, or texts inside of objects and arrays, with `{{lead.name}}`, `{{contact.phone}}` or `{{json.status}}`
 * filled in. Known are `id`, `name` and `price` of the entity, `id`, `name`, `phone` and `email` of its main
 * contact, and under `json` what integrations have handed over (`platform/server.md §9`). What is not known
 * becomes empty.
 */
export function fillPlaceholders(account: Account, run: BotRun, value: unknown): unknown {
  if (typeof value === 'string') {
    return value.replace(/\{\{\s*(\w+)\.([\w.]+)\s*\}\}/g, (_all, from: string, name: string) =>
      told(valueOf(account, run, from, name)),
    );
  }
  if (Array.isArray(value)) return value.map((one: unknown) => fillPlaceholders(account, run, one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, fillPlaceholders(account, run, one)]),
  );
}

function valueOf(account: Account, run: BotRun, from: string, name: string): unknown {
  if (from === 'json') return inside(run.data, name.split('.'));
  if (from === 'contact') return contactValue(mainContact(account, run), name);
  const entity = { lead: account.leads, customer: account.customers }[from]?.get(run.entity_id);
  return run.entity_type === `${from}s` ? plainValue(entity, name) : undefined;
}

function mainContact(account: Account, run: BotRun): Contact | undefined {
  if (run.entity_type === 'contacts') return account.contacts.get(run.entity_id);
  const contacts = contactsOf(account, run.entity_type, run.entity_id);
  const main = contacts.find(({ is_main }) => is_main) ?? contacts[0];
  return main && account.contacts.get(main.id);
}

function contactValue(contact: Contact | undefined, name: string): unknown {
  const code = { phone: 'PHONE', email: 'EMAIL' }[name];
  if (code === undefined) return plainValue(contact, name);
  return contact?.custom_fields_values?.find(({ field_code }) => field_code === code)?.values[0]?.value;
}

function plainValue(entity: Entity | undefined, name: string): unknown {
  if (entity === undefined) return undefined;
  if (name === 'price') return 'price' in entity ? entity.price : undefined;
  return name === 'id' ? entity.id : name === 'name' ? entity.name : undefined;
}

function inside(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return value;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return inside(Reflect.get(value, key), rest);
}

function told(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
