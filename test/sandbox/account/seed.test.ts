import { describe, expect, test } from 'vitest';
import { contactsOf } from '../../../src/sandbox/account/links.js';
import { seedAccount } from '../../../src/sandbox/account/seed.js';

const now = 1_760_000_000_000;
const account = seedAccount({ now });

describe('the demo account', () => {
  test('is the same every time', () => {
    expect(seedAccount({ now })).toEqual(account);
  });

  test('has two pipelines, each with incoming leads first and the two closed stages last', () => {
    expect(account.pipelines.size).toBe(2);
    for (const { statuses } of account.pipelines.values()) {
      expect(statuses[0]?.type).toBe(1);
      expect(statuses.slice(-2).map(({ id }) => id)).toEqual([142, 143]);
      const sorts = statuses.map(({ sort }) => sort);
      expect(sorts).toEqual([...sorts].sort((one, other) => one - other));
    }
  });

  test('has some twenty leads, each in a stage of its pipeline', () => {
    expect(account.leads.size).toBe(20);
    for (const lead of account.leads.values()) {
      const stages = account.pipelines.get(lead.pipeline_id)?.statuses.map(({ id }) => id);
      expect(stages).toContain(lead.status_id);
    }
  });

  test('has leads with several contacts, of which exactly one is main and not always the first', () => {
    const several = [...account.leads.keys()]
      .map((id) => contactsOf(account, 'leads', id))
      .filter((contacts) => contacts.length > 1);
    expect(several.length).toBeGreaterThan(3);
    for (const contacts of several) expect(contacts.filter(({ is_main }) => is_main)).toHaveLength(1);
    expect(several.some(([first]) => first?.is_main === false)).toBe(true);
  });

  test('has a lead without contacts and a contact without a phone', () => {
    const counts = [...account.leads.keys()].map((id) => contactsOf(account, 'leads', id).length);
    expect(counts).toContain(0);
    const phones = [...account.contacts.values()].map((contact) =>
      contact.custom_fields_values?.some(({ field_code }) => field_code === 'PHONE'),
    );
    expect(phones).toContain(false);
  });

  test('uses only numbers and addresses that nobody has, each number once', () => {
    const values = [...account.contacts.values(), ...account.companies.values()].flatMap(
      ({ custom_fields_values }) => custom_fields_values ?? [],
    );
    const of = (code: string) =>
      values
        .filter(({ field_code }) => field_code === code)
        .flatMap((field) => field.values.map(({ value }) => String(value)));
    for (const phone of of('PHONE')) expect(phone).toMatch(/^\+1\d{3}55501\d{2}$/);
    for (const address of of('EMAIL')) expect(address).toMatch(/^[a-z0-9.]+@example\.com$/);
    expect(new Set(of('PHONE')).size).toBe(of('PHONE').length);
    expect(new Set(of('EMAIL')).size).toBe(of('EMAIL').length);
  });

  test('has an administrator, a manager and a restricted user', () => {
    const rights = [...account.users.values()].map((user) => user.rights);
    expect(rights.map(({ is_admin }) => is_admin)).toEqual([true, false, false]);
    expect(rights.map(({ leads }) => leads.view)).toEqual(['A', 'A', 'M']);
  });

  test('gives every custom-field value the name, code and type of its field', () => {
    for (const type of ['leads', 'contacts', 'companies'] as const) {
      for (const { custom_fields_values } of account[type].values()) {
        for (const value of custom_fields_values ?? []) {
          const field = account.custom_fields[type].find(({ id }) => id === value.field_id);
          expect(value).toMatchObject({
            field_name: field?.name,
            field_code: field?.code,
            field_type: field?.type,
          });
          const kinds = field?.enums?.map(({ id }) => id);
          for (const { enum_id } of value.values) if (enum_id !== undefined) expect(kinds).toContain(enum_id);
        }
      }
    }
  });
});
