import { describe, expect, it } from 'vitest';
import type { WidgetInstance } from '../../../src/kommo/widget.js';
import { supportAddress } from '../../../src/widget/settings/support-address.js';
import { savedWidget } from './host.js';

const page = 'https://example.com/support?from=kommo#form';

describe('supportAddress', () => {
  it.each<[form: string, support: unknown, expected: string]>([
    ['an object', { link: page, email: 'help@example.com' }, page],
    ['an address alone', page, page],
    ['an address with spaces around it', ` ${page}\n`, page],
    ['an http address', { link: 'http://example.com/' }, 'http://example.com/'],
  ])('finds the page in %s', (_form, support, expected) => {
    expect(supportAddress(savedWidget({ settings: { support } }))).toBe(expected);
  });

  it.each<unknown>([
    undefined,
    null,
    '',
    {},
    [],
    7,
    { link: null },
    { link: '' },
    { link: { link: page } },
    { email: 'help@example.com' },
    'help@example.com',
    'mailto:help@example.com',
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'data:text/html,hello',
    '/support',
    '//example.com/support',
    'example.com/support',
    'https://',
  ])('finds no page in %j', (support) => {
    expect(supportAddress(savedWidget({ settings: { support } }))).toBeUndefined();
  });

  it('finds no page where there are no settings', () => {
    expect(supportAddress(savedWidget({ settings: null }))).toBeUndefined();
    expect(supportAddress({} as WidgetInstance)).toBeUndefined();
  });
});
