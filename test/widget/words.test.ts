import { describe, expect, it } from 'vitest';
import type { WidgetInstance } from '../../src/kommo/widget.js';
import { createWords } from '../../src/widget/words.js';
import { languages, lookUp } from './support/words.js';

const words = (i18n: (path: string) => unknown) => createWords({ i18n } as Pick<WidgetInstance, 'i18n'>);
const english = words((path) => lookUp(languages.en, path));

describe('the words', () => {
  it('are those of the language at the path', () => {
    expect(english('dp.macros.replace')).toBe('Replace');
  });

  it('are filled with values, whatever these look like', () => {
    expect(english('connection.oauth.start', { service: '{service} $& $1' })).toBe(
      'Sign in to {service} $& $1',
    );
    expect(english('dp.macros.unknown', { macro: '{{nick}}' })).toBe('There is no macro {{nick}}.');
  });

  it('keep their macros', () => {
    expect(english('dp.settings.message.placeholder')).toBe(
      'Hello, {{contact_first_name}}! Your order is ready.',
    );
  });

  it('keep a place for which there is no value', () => {
    expect(english('connection.oauth.start')).toBe('Sign in to {service}');
    expect(words(() => 'See {constructor} and {toString}')('widget.name')).toBe(
      'See {constructor} and {toString}',
    );
  });

  it.each<[string, (path: string) => unknown]>([
    ['nothing', () => undefined],
    ['null', () => null],
    ['a branch', () => ({ name: 'Name' })],
    ['a number', () => 7],
    [
      'an error',
      () => {
        throw new Error('no such path');
      },
    ],
  ])('show as their path where the platform has %s for it', (_what, i18n) => {
    expect(words(i18n)('widget.name')).toBe('widget.name');
  });

  it('are read anew each time, since the platform fills them in after the start', () => {
    let tree: object = {};
    const late = words((path) => lookUp(tree, path));
    expect(late('widget.name')).toBe('widget.name');
    tree = languages.en;
    expect(late('widget.name')).toBe('Pipeline Messenger');
  });
});
