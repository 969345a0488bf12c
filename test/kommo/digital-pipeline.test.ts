import { describe, expect, expectTypeOf, it } from 'vitest';

import { dpDirections, dpEvent, dpEvents, elementTypes } from '../../src/kommo/digital-pipeline.js';
import type { DpHookBody } from '../../src/kommo/digital-pipeline.js';

describe('the events of the digital pipeline', () => {
  it('are the ten documented codes with their names, each once and in order', () => {
    expect(dpEvents.map(({ code, name }) => [code, name])).toEqual([
      [1, 'lead_added'],
      [14, 'lead_status_changed'],
      [15, 'lead_appeared_in_status'],
      [16, 'mail_in'],
      [17, 'call_in'],
      [18, 'site_visit'],
      [19, 'chat'],
      [20, 'customer_added'],
      [21, 'customer_period_changed'],
      [22, 'customer_appeared_in_period'],
    ]);
  });

  it('each say what they mean, and about which elements', () => {
    for (const { name, meaning, elementTypes: elements } of dpEvents) {
      expect(meaning.trim(), name).not.toBe('');
      expect(elements.length, name).toBeGreaterThan(0);
    }
    expect(new Set(dpEvents.map(({ meaning }) => meaning)).size).toBeGreaterThanOrEqual(9);
  });

  it('are about leads when their name begins with lead, about customers when with customer', () => {
    for (const { name, elementTypes: elements } of dpEvents) {
      if (name.startsWith('lead_')) expect(elements, name).toEqual([elementTypes.lead]);
      else if (name.startsWith('customer_')) expect(elements, name).toEqual([elementTypes.customer]);
      else expect(elements, name).toEqual([elementTypes.lead, elementTypes.customer]);
    }
  });

  it.each([15, '15'])('are found by the code %j', (code) => {
    expect(dpEvent(code)?.name).toBe('lead_appeared_in_status');
  });

  it.each([0, 2, 13, 23, 1.5, NaN, '', ' 15', '015', '1e0', 'lead_added'])(
    'do not include the code %j',
    (code) => {
      expect(dpEvent(code)).toBeUndefined();
    },
  );
});

describe('the hook of the digital pipeline', () => {
  it('fits its type as documented, as form-encoded and as seen with a list of leads', () => {
    const action = {
      settings: { widget: { settings: { message: 'Hello {{contact_name}}', only_main: '1' } } },
    };
    const documented = {
      event: {
        type: 15,
        type_code: 'lead_appeared_in_status',
        data: {
          id: 7001,
          element_type: 2,
          status_id: 501,
          pipeline_id: 50,
          direction_of_movement: 'went_to_trigger' as const,
        },
        time: 1_760_000_000,
      },
      action,
      subdomain: 'demo',
      account_id: 12345678,
    };
    const encoded = {
      event: {
        type: '16',
        type_code: 'mail_in',
        data: { id: '7001', element_type: '2', status_id: '501', pipeline_id: '50' },
        time: '1760000000',
      },
      action: { settings: { widget: {} } },
    };
    const listed = {
      event: {
        type: '14',
        type_code: 'lead_status_changed',
        data: { leads: { status: [{ id: '7001' }] } },
        time: '1760000000',
      },
      action,
    };
    expectTypeOf(documented).toExtend<DpHookBody>();
    expectTypeOf(encoded).toExtend<DpHookBody>();
    expectTypeOf(listed).toExtend<DpHookBody>();
  });

  it('knows three directions, each with a meaning', () => {
    expect(Object.keys(dpDirections)).toEqual(['went_to_trigger', 'went_in_trigger', 'went_from_trigger']);
    expect(Object.values(dpDirections).every((meaning) => meaning.trim() !== '')).toBe(true);
  });
});

describe('the element types', () => {
  it('are the numbers of the platform', () => {
    expect(elementTypes).toEqual({ contact: 1, lead: 2, company: 3, customer: 12 });
  });
});
