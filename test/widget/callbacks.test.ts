import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import PipelineMessenger from '../../src/widget/script.js';
import type { Callbacks } from '../../src/kommo/callbacks.js';
import { openBubble } from './support/digital-pipeline.js';
import { settled, startWidget } from './support/host.js';
import { openSettingsModal } from './support/settings-modal.js';

const page = (): string => document.documentElement.outerHTML;

describe('what script.js returns', () => {
  it('is a function that the platform can extend, and makes the widget itself', () => {
    expect(Object.hasOwn(PipelineMessenger, 'prototype')).toBe(true);
    const { widget } = startWidget();
    expect(PipelineMessenger.apply(widget, [])).toBe(widget);
  });

  it('has every callback that this widget needs, and no other', () => {
    expect(Object.keys(startWidget().callbacks).sort()).toEqual([
      'bind_actions',
      'destroy',
      'dpSettings',
      'init',
      'onSave',
      'render',
      'settings',
    ]);
  });

  it('asks the platform for nothing while it is made', () => {
    const asked: string[] = [];
    const member = (name: string) => ({
      get() {
        asked.push(name);
        throw new Error(`${name} is not there yet`);
      },
    });
    const names = ['params', 'get_settings', 'get_version', 'get_install_status', 'i18n', 'render', 'system'];
    const base = Object.create(null, Object.fromEntries(names.map((name) => [name, member(name)]))) as object;
    PipelineMessenger.call(Object.create(base) as never);
    expect(asked).toEqual([]);
  });

  it('gives each instance callbacks of its own', () => {
    expect(startWidget().callbacks).not.toBe(startWidget().callbacks);
  });
});

describe('render, init and bind_actions', () => {
  const first = fc.constantFrom<keyof Callbacks>('render', 'init', 'bind_actions', 'destroy');

  it('return true and touch nothing, in any order, any number of times, before words and settings are there', () => {
    const host = startWidget({ filled: false });
    const before = page();
    fc.assert(
      fc.property(fc.array(first), (order) => {
        for (const name of order) {
          const answer = (host.callbacks[name] as () => unknown)();
          if (name !== 'destroy') expect(answer).toBe(true);
        }
        expect(page()).toBe(before);
        expect([...host.archive.requests, ...host.notifications]).toEqual([]);
      }),
    );
  });

  it('need no `this`, since the platform calls them on the callbacks object', () => {
    const { callbacks } = startWidget();
    const names = ['render', 'init', 'bind_actions'] as const;
    expect(names.map((name) => callbacks[name].call(undefined as never))).toEqual([true, true, true]);
  });

  it('leave everything working afterwards', async () => {
    const host = startWidget({ filled: false });
    host.callbacks.init();
    host.callbacks.bind_actions();
    host.fill();
    host.callbacks.render();
    const { item } = openBubble({ revision: 'newer' });
    expect(host.callbacks.dpSettings?.()).toBe(true);
    await settled();
    expect(item.querySelectorAll('textarea')).toHaveLength(1);
  });
});

describe('before words and settings are there', () => {
  it('no callback throws', async () => {
    const host = startWidget({ filled: false });
    const { $body } = openSettingsModal();
    openBubble({ revision: 'older' });
    host.callbacks.settings?.($body);
    host.callbacks.dpSettings?.();
    await expect(host.callbacks.onSave?.({ active: 'Y', fields: {} })).rejects.toThrow();
    await settled();
    host.callbacks.destroy?.();
  });
});

describe('destroy', () => {
  it('may come before anything else, and twice', () => {
    const host = startWidget();
    const before = page();
    host.callbacks.destroy?.();
    host.callbacks.destroy?.();
    expect(page()).toBe(before);
  });

  it('takes the modal’s panel, the bubble’s form and the stylesheets away, once and for all', async () => {
    const host = startWidget();
    const { $body } = openSettingsModal();
    openBubble({ revision: 'newer', stored: { message: 'Hello' } });
    const before = page();
    host.callbacks.settings?.($body);
    host.callbacks.dpSettings?.();
    await settled();
    expect(document.head.querySelectorAll('link[rel=stylesheet]').length).toBeGreaterThan(0);
    host.callbacks.destroy?.();
    expect(page()).toBe(before);
    host.callbacks.destroy?.();
    await settled();
    expect(page()).toBe(before);
  });
});
