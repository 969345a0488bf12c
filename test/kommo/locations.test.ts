import { describe, expect, it } from 'vitest';
import { isLocation, locationSpellings, parseLocation } from '../../src/kommo/locations.js';

describe('locations', () => {
  it('take a suffix on cards and lists only', () => {
    expect(['lcard', 'lcard-0', 'lcard-1', 'settings', 'everywhere'].filter(isLocation)).toHaveLength(5);
    expect(
      ['lcard-2', 'lcard-', 'settings-1', 'everywhere-0', 'cuscard', '', '-1'].filter(isLocation),
    ).toEqual([]);
  });

  it('are taken apart into code and suffix, also when the suffix is wrong', () => {
    expect(parseLocation('clist-0')).toEqual({ code: 'clist', suffix: '0' });
    expect(parseLocation('clist')).toEqual({ code: 'clist', suffix: null });
    expect(parseLocation('settings-x')).toEqual({ code: 'settings', suffix: 'x' });
    expect(parseLocation('dashboard-widgets')).toBeNull();
    expect(parseLocation('constructor')).toBeNull();
  });

  it('list every spelling that is accepted, and no other', () => {
    const spellings = locationSpellings();

    expect(spellings.every(isLocation)).toBe(true);
    expect(new Set(spellings).size).toBe(spellings.length);
    expect(spellings).toContain('tlist-1');
    expect(spellings).not.toContain('card_sdk-1');
  });
});
