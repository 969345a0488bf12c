import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recipients } from '../../../../src/backend/delivery/planning/recipients.js';

const everyone = { onlyMain: false };
const mainOnly = { onlyMain: true };

const contacts = (...list: { id: number | string; is_main?: unknown }[]) => ({
  _embedded: { contacts: list },
});

describe('The recipients of a message', () => {
  it('are all contacts, the main one first', () => {
    const lead = contacts({ id: 1, is_main: false }, { id: 2, is_main: true }, { id: 3, is_main: false });
    expect(recipients(lead, everyone)).toEqual([2, 1, 3]);
  });

  it('are the main contact alone when only that is to be written to', () => {
    expect(recipients(contacts({ id: 1 }, { id: 2, is_main: true }), mainOnly)).toEqual([2]);
  });

  it('are the first contact when none is marked as the main one', () => {
    expect(recipients(contacts({ id: 5, is_main: false }, { id: 4 }), mainOnly)).toEqual([5]);
  });

  it('are never the same contact twice', () => {
    expect(recipients(contacts({ id: 1 }, { id: 2 }, { id: 1, is_main: true }), everyone)).toEqual([1, 2]);
  });

  it('are read from the links of a lead or customer as well', () => {
    const links = {
      _embedded: {
        links: [
          { to_entity_id: 9, to_entity_type: 'companies', metadata: null },
          { to_entity_id: 7, to_entity_type: 'contacts', metadata: { main_contact: false } },
          { to_entity_id: 8, to_entity_type: 'contacts', metadata: { main_contact: true } },
        ],
      },
    };
    expect(recipients(links, everyone)).toEqual([8, 7]);
    expect(recipients(links, mainOnly)).toEqual([8]);
  });

  it('are nobody where there is no contact', () => {
    for (const answer of [undefined, {}, { _embedded: {} }, { _embedded: { contacts: null } }, contacts()]) {
      expect(recipients(answer, everyone)).toEqual([]);
      expect(recipients(answer, mainOnly)).toEqual([]);
    }
  });

  it('are known by ids in strings too, and not by what is no id', () => {
    const odd = contacts({ id: '12', is_main: '1' }, { id: 'x' }, { id: 0 }, { id: -1 }, { id: 1.5 });
    expect(recipients(odd, everyone)).toEqual([12]);
  });
});

const someContacts = fc.array(fc.record({ id: fc.integer({ min: 1, max: 60 }), is_main: fc.boolean() }), {
  maxLength: 50,
});

it('every contact is a recipient once, those marked as main before the others, and otherwise in their order', () => {
  fc.assert(
    fc.property(someContacts, (list) => {
      const ids = recipients(contacts(...list), everyone);
      expect([...ids].sort((a, b) => a - b)).toEqual(
        [...new Set(list.map(({ id }) => id))].sort((a, b) => a - b),
      );
      const isMain = (id: number) => list.some((one) => one.id === id && one.is_main);
      const kinds = ids.map(isMain);
      expect(kinds).toEqual([...kinds].sort((a, b) => Number(b) - Number(a)));
      for (const kind of [true, false]) {
        const inOrder = list
          .filter((one) => isMain(one.id) === kind && one.is_main === kind)
          .map(({ id }) => id);
        expect(ids.filter((id) => isMain(id) === kind)).toEqual([...new Set(inOrder)]);
      }
    }),
  );
});

it('the main contact alone is the first of all recipients', () => {
  fc.assert(
    fc.property(someContacts, (list) => {
      expect(recipients(contacts(...list), mainOnly)).toEqual(
        recipients(contacts(...list), everyone).slice(0, 1),
      );
    }),
  );
});

it('an answer of any shape gives a list', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (list, links) => {
      expect(recipients({ _embedded: { contacts: list, links } } as never, everyone)).toBeInstanceOf(Array);
      expect(recipients({ _embedded: list } as never, mainOnly)).toBeInstanceOf(Array);
    }),
  );
});
