import { act, screen, waitFor } from '@testing-library/react';
import fc from 'fast-check';
import $ from 'jquery';
import { describe, expect, it } from 'vitest';
import type { OnSaveEvent } from '../../src/kommo/callbacks.js';
import { channelOf, ConnectionsBackend, refusal } from '../support/connections-backend.js';
import { type Host, settled, startWidget } from './support/host.js';
import { openSettingsModal } from './support/settings-modal.js';
import { type Language, languages } from './support/words.js';

function save(host: Host, event: unknown): unknown {
  return host.callbacks.onSave?.(event as OnSaveEvent);
}

const told = (host: Host): string[] => host.notifications.map(({ text }) => text);

const unreadable = 'The settings could not be read. Refresh the page and save again.';
const notLoaded = 'The settings did not load, so nothing was saved. Refresh the page and try again.';

/** A widget whose requests go to the stand-in of the backend. */
function startWith(backend: ConnectionsBackend, { isHeld = (): boolean => false } = {}): Host {
  return startWidget({
    base: {
      $authorizedAjax(request: JQueryAjaxSettings) {
        const answer = $.Deferred();
        const { pathname } = new URL(request.url ?? '', 'https://backend.example.com');
        const method = request.type ?? 'GET';
        if (isHeld()) return answer.promise();
        const body = typeof request.data === 'string' ? (JSON.parse(request.data) as unknown) : undefined;
        const reply = backend.handle({ method, path: pathname.replace(/^.*(?=\/connections)/, ''), body });
        if (reply.status < 300) answer.resolve(reply.body);
        else answer.reject({ status: reply.status, responseJSON: reply.body }, 'error');
        return answer.promise();
      },
    },
  });
}

async function open(host: Host) {
  const modal = openSettingsModal();
  await act(async () => {
    host.callbacks.settings?.(modal.$body);
    await settled();
  });
  await waitFor(() => screen.getByRole('list', { name: 'Channels' }));
  return modal;
}

/** What the answer comes to: `saved` for what the platform takes for a yes. */
async function outcome(answer: unknown): Promise<'saved' | 'refused'> {
  let result: 'saved' | 'refused' = 'refused';
  await act(async () => {
    result = await Promise.resolve(answer).then(
      (value) => (value === true ? 'saved' : 'refused'),
      () => 'refused' as const,
    );
  });
  return result;
}

describe('onSave', () => {
  it.each<[string, unknown, string[]]>([
    ['N', { active: 'N', fields: { channels: '["1"]' } }, []],
    ['n and fields is missing', { active: 'n' }, []],
    ['missing', { fields: { channels: '["1"]' } }, [unreadable]],
    ['null', { active: null, fields: {} }, [unreadable]],
    ['true', { active: true, fields: {} }, [unreadable]],
    ['empty', { active: '', fields: {} }, [unreadable]],
    ['some other word', { active: 'yes', fields: {} }, [unreadable]],
    ['nowhere, as there is no event', undefined, [unreadable]],
    ['nowhere, as the event is null', null, [unreadable]],
    ['nowhere, as the event is text', 'Y', [unreadable]],
  ])('answers false where active is %s', (_case, event, text) => {
    const host = startWidget();
    expect(save(host, event)).toBe(false);
    expect(told(host)).toEqual(text);
  });

  it('keeps its promise only once the backend has saved', async () => {
    const channel = channelOf({ is_saved: false, pipeline_id: 51 });
    const backend = new ConnectionsBackend({ channels: [channel] });
    const host = startWith(backend);
    await open(host);
    expect(await outcome(save(host, { active: ' y ', fields: {} }))).toBe('saved');
    expect(backend.requests.at(-1)).toEqual({
      method: 'PUT',
      path: '/connections/settings',
      body: {
        version: 1,
        channels: [{ id: channel.id, pipeline_id: 51 }],
        default_channel_id: channel.id,
      },
    });
    expect(backend.state.channels[0]).toMatchObject({ is_saved: true, is_default: true });
    expect(told(host)).toEqual([]);
  });

  it('has the ids of the channels in the fields before it returns', async () => {
    const channel = channelOf();
    const host = startWith(new ConnectionsBackend({ channels: [channel] }));
    await open(host);
    const fields = {};
    const answer = save(host, { active: 'Y', fields });
    expect(fields).toEqual({ channels: JSON.stringify([channel.id]) });
    expect(await outcome(answer)).toBe('saved');
    expect(await outcome(save(host, { active: 'Y', fields: Object.freeze({}) }))).toBe('saved');
  });

  it('breaks its promise when the backend refuses, and the panel says why', async () => {
    const backend = new ConnectionsBackend({ channels: [channelOf()] });
    const host = startWith(backend);
    await open(host);
    backend.answerOnce('PUT', refusal(422, 'unknown_pipeline'));
    expect(await outcome(save(host, { active: 'Y', fields: {} }))).toBe('refused');
    expect(screen.getByRole('alert').textContent).toBe(
      'The settings were not savedA selected pipeline no longer exists. Choose another one and save again.',
    );
    expect(told(host)).toEqual([]);
  });

  it('waits for a panel that is still loading', async () => {
    const backend = new ConnectionsBackend({ channels: [channelOf({ is_saved: false })] });
    const host = startWith(backend);
    const come = host.archive.hold('settings.js');
    const { $body } = openSettingsModal();
    host.callbacks.settings?.($body);
    const answer = save(host, { active: 'Y', fields: {} });
    await settled();
    expect(backend.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    come();
    expect(await outcome(answer)).toBe('saved');
    expect(backend.state.channels[0]?.is_saved).toBe(true);
  });

  it.each(Object.keys(languages) as Language[])(
    'tells in %s that nothing was saved when there is no panel',
    async (language) => {
      const host = startWidget({ language });
      expect(await outcome(save(host, { active: 'Y', fields: {} }))).toBe('refused');
      const { errors } = languages[language];
      expect(host.notifications.map(({ header, text }) => [header, text])).toEqual([
        [errors.title, errors.not_loaded],
      ]);
    },
  );

  it('tells so when the panel did not load', async () => {
    const host = startWidget();
    host.archive.lose('settings.js');
    host.callbacks.settings?.(openSettingsModal().$body);
    expect(await outcome(save(host, { active: 'Y', fields: {} }))).toBe('refused');
    expect(told(host)).toEqual([notLoaded]);
  });

  it('tells in a notification when the modal was closed meanwhile', async () => {
    let isHeld = false;
    const host = startWith(new ConnectionsBackend({ channels: [channelOf()] }), { isHeld: () => isHeld });
    const { close } = await open(host);
    isHeld = true;
    const answer = save(host, { active: 'Y', fields: {} });
    close();
    await settled();
    expect(await outcome(answer)).toBe('refused');
    expect(told(host)).toEqual(['The settings were not saved']);
  });

  it('dates its notifications in seconds, not before now', () => {
    const host = startWidget();
    const before = Date.now() / 1000;
    save(host, {});
    const date = host.notifications[0]?.date ?? 0;
    expect(Number.isInteger(date)).toBe(true);
    expect(date).toBeGreaterThanOrEqual(before);
    expect(date).toBeLessThan(before + 60);
  });

  it('answers with false or a promise and never throws, whatever comes', async () => {
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
    );
    await fc.assert(
      fc.asyncProperty(event, async (given) => {
        const answer = save(host, given);
        if (answer !== false) await expect(answer).rejects.toThrow('The settings were not saved');
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
  ])('answers although %s', async (_case, app) => {
    const host = startWidget();
    Object.assign(window, { APP: app });
    expect(save(host, {})).toBe(false);
    expect(await outcome(save(host, { active: 'Y', fields: {} }))).toBe('refused');
  });

  it('answers although the words are missing', () => {
    const i18n = (): never => {
      throw new Error('no words');
    };
    const host = startWidget({ base: { i18n } });
    expect(save(host, {})).toBe(false);
    expect(told(host)).toEqual(['errors.unreadable']);
  });
});
