import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OnSaveEvent } from '../../src/kommo/callbacks.js';
import { type Host, startWidget } from './support/host.js';
import { type Language, languages } from './support/words.js';

function save(host: Host, event: unknown): unknown {
  return host.callbacks.onSave?.(event as OnSaveEvent);
}

const told = (host: Host): string[] => host.notifications.map(({ text }) => text);

const required = 'Fill in the required fields: Sender (number or name)';
const unreadable = 'The settings could not be read. Refresh the page and save again.';

describe('onSave', () => {
  it.each<[string, unknown, boolean, string[]]>([
    ['Y and all is filled', { active: 'Y', fields: { sender: 'Shop' } }, true, []],
    ['Y and a number is the sender', { active: 'Y', fields: { sender: 12025550123 } }, true, []],
    ['y and all is filled', { active: 'y', fields: { sender: 'Shop' } }, true, []],
    ['Y with spaces and all is filled', { active: ' Y ', fields: { sender: 'Shop' } }, true, []],
    ['Y and there is more than asked for', { active: 'Y', fields: { sender: 'Shop', other: '' } }, true, []],
    ['Y and the sender is empty', { active: 'Y', fields: { sender: '' } }, false, [required]],
    ['Y and the sender is blank', { active: 'Y', fields: { sender: ' \n\t' } }, false, [required]],
    ['Y and the sender is null', { active: 'Y', fields: { sender: null } }, false, [required]],
    ['Y and the sender is false', { active: 'Y', fields: { sender: false } }, false, [required]],
    ['Y and the sender is missing', { active: 'Y', fields: {} }, false, [required]],
    [
      'Y and fields is an empty list, as PHP writes an empty object',
      { active: 'Y', fields: [] },
      false,
      [required],
    ],
    ['Y and fields is null', { active: 'Y', fields: null }, false, [required]],
    ['Y and fields is missing', { active: 'Y' }, false, [required]],
    ['Y and fields is text', { active: 'Y', fields: 'sender=Shop' }, false, [required]],
    ['N and all is filled', { active: 'N', fields: { sender: 'Shop' } }, false, []],
    ['N and nothing is filled', { active: 'N', fields: {} }, false, []],
    ['n and fields is missing', { active: 'n' }, false, []],
    ['missing', { fields: { sender: 'Shop' } }, false, [unreadable]],
    ['null', { active: null, fields: { sender: 'Shop' } }, false, [unreadable]],
    ['true', { active: true, fields: { sender: 'Shop' } }, false, [unreadable]],
    ['empty', { active: '', fields: { sender: 'Shop' } }, false, [unreadable]],
    ['some other word', { active: 'yes', fields: { sender: 'Shop' } }, false, [unreadable]],
    ['nowhere, as there is no event', undefined, false, [unreadable]],
    ['nowhere, as the event is null', null, false, [unreadable]],
    ['nowhere, as the event is text', 'Y', false, [unreadable]],
  ])('where active is %s', (_case, event, answer, text) => {
    const host = startWidget();
    expect(save(host, event)).toBe(answer);
    expect(told(host)).toEqual(text);
  });

  it.each(Object.keys(languages) as Language[])('tells what is missing in %s', (language) => {
    const host = startWidget({ language });
    const { errors, settings } = languages[language];
    save(host, { active: 'Y', fields: {} });
    save(host, {});
    expect(host.notifications.map(({ header, text }) => [header, text])).toEqual([
      [errors.title, errors.required.replace('{fields}', settings.sender)],
      [errors.title, errors.unreadable],
    ]);
  });

  it('dates its notifications in seconds, not before now', () => {
    const host = startWidget();
    const before = Date.now() / 1000;
    save(host, { active: 'Y', fields: {} });
    const date = host.notifications[0]?.date ?? 0;
    expect(Number.isInteger(date)).toBe(true);
    expect(date).toBeGreaterThanOrEqual(before);
    expect(date).toBeLessThan(before + 60);
  });

  it('leaves the event as it came, since the platform saves what is in it', () => {
    const event = Object.freeze({ active: 'Y', fields: Object.freeze({ sender: 'Shop' }) });
    expect(save(startWidget(), event)).toBe(true);
  });

  it('answers with a boolean and never throws, whatever comes', () => {
    const host = startWidget();
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withSparseArray: true,
    });
    const event = fc.oneof(
      anything,
      fc.record({ active: fc.oneof(fc.constantFrom('Y', 'N', 'y', 'n'), anything), fields: anything }),
      fc.record({ active: fc.constant('Y'), fields: fc.record({ sender: anything }) }),
    );
    fc.assert(
      fc.property(event, (given) => {
        host.notifications.length = 0;
        const answer = save(host, given);
        expect(typeof answer).toBe('boolean');
        expect(host.notifications.length).toBeLessThanOrEqual(answer === true ? 0 : 1);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    [
      'active',
      {
        get active(): string {
          throw new Error('no');
        },
      },
    ],
    [
      'fields',
      {
        active: 'Y',
        get fields(): object {
          throw new Error('no');
        },
      },
    ],
    [
      'a field',
      {
        active: 'Y',
        fields: {
          get sender(): string {
            throw new Error('no');
          },
        },
      },
    ],
  ])('answers false when reading %s throws', (_what, event) => {
    const host = startWidget();
    expect(save(host, event)).toBe(false);
    expect(told(host)).toEqual([unreadable]);
  });

  it.each<[string, object | undefined]>([
    ['there is no APP', undefined],
    ['APP has no notifications', {}],
    ['notifications have no such method', { notifications: {} }],
    [
      'the platform refuses',
      {
        notifications: {
          show_message_error: () => {
            throw new Error('no');
          },
        },
      },
    ],
  ])('answers although %s', (_case, app) => {
    const host = startWidget();
    Object.assign(window, { APP: app });
    expect(save(host, { active: 'Y', fields: {} })).toBe(false);
    expect(save(host, { active: 'Y', fields: { sender: 'Shop' } })).toBe(true);
  });

  it('answers although the words are missing', () => {
    const i18n = (): never => {
      throw new Error('no words');
    };
    const host = startWidget({ base: { i18n } });
    expect(save(host, { active: 'Y', fields: {} })).toBe(false);
    expect(told(host)).toEqual(['errors.required']);
  });
});
