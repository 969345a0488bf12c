import { describe, expect, it } from 'vitest';
import en from '../../../i18n/en.json' with { type: 'json' };
import type { TwigTemplate } from '../../../src/kommo/render.js';
import { openBubble, query, revisions } from '../support/digital-pipeline.js';
import { decorate, formOf, openForm } from '../support/dp-form.js';
import { renderControl, settled, startWidget } from '../support/host.js';

const page = (): string => document.documentElement.outerHTML;

describe.each(revisions)('destroy in the %s markup', (revision) => {
  it.each(['attribute', 'property'] as const)(
    'leaves the page as it was, with stored values set by %s',
    async (storedBy) => {
      const host = startWidget();
      const stored = { message: 'Hello', only_main: '1' };
      const bubble = openBubble({ revision, stored, storedBy });
      const before = page();
      await decorate(host);
      expect(page()).not.toBe(before);
      host.callbacks.destroy?.();
      expect(page()).toBe(before);
      expect(bubble.values()).toEqual(stored);
    },
  );

  it('leaves a stored text with line breaks in the markup as it was', async () => {
    const host = startWidget();
    const bubble = openBubble({ revision, stored: { message: 'a\r\nb' } });
    const before = page();
    await decorate(host);
    host.callbacks.destroy?.();
    expect(page()).toBe(before);
    expect(bubble.input('message').value).toBe('ab');
  });

  it('leaves the styles that the host had set', async () => {
    const host = startWidget();
    const { bubble, block } = openBubble({ revision });
    bubble.setAttribute('style', 'top: 4px; min-width: 300px;');
    query(block('only_main'), '.widget_settings_block__title_field').setAttribute(
      'style',
      'display: block; color: red;',
    );
    const before = page();
    await decorate(host);
    host.callbacks.destroy?.();
    expect(page()).toBe(before);
  });

  it('leaves what was typed in Kommo’s input, shown again', async () => {
    const { host, input, type, box, values } = await openForm({ revision });
    type('Typed');
    box().click();
    host.callbacks.destroy?.();
    expect(values()).toEqual({ message: 'Typed', only_main: '1' });
    expect([input('message').type, input('only_main').type]).toEqual(['text', 'text']);
  });

  it('ends the watch over Kommo’s inputs', async () => {
    const { host, input, textarea } = await openForm({ revision });
    host.callbacks.destroy?.();
    input('message').value = 'Later';
    input('message').dispatchEvent(new Event('change', { bubbles: true }));
    expect(textarea.value).toBe('');
  });

  it('does nothing the second time', async () => {
    const { host } = await openForm({ revision });
    host.callbacks.destroy?.();
    const before = page();
    host.callbacks.destroy?.();
    expect(page()).toBe(before);
  });

  it('lets the form be opened again', async () => {
    const { host, item } = await openForm({ revision });
    host.callbacks.destroy?.();
    await decorate(host);
    expect(item.querySelectorAll('textarea')).toHaveLength(1);
    expect(item.querySelectorAll('.marker-list__block')).toHaveLength(3);
  });

  it.each(['dp-form.js', 'the template'])('before %s has come keeps it off the page', async (what) => {
    const host = startWidget();
    const come = what === 'dp-form.js' ? host.archive.hold(what) : host.templates.hold();
    openBubble({ revision });
    const before = page();
    await decorate(host);
    host.callbacks.destroy?.();
    come();
    await settled();
    expect(page()).toBe(before);
  });
});

describe.each(revisions)('a bubble in the %s markup', (revision) => {
  it('may be closed before the editor has come', async () => {
    const host = startWidget();
    const come = host.archive.hold('dp-form.js');
    const { close } = openBubble({ revision });
    await decorate(host);
    close();
    come();
    await settled();
    expect(document.querySelector('.pipeline-messenger')).toBeNull();
    expect(host.notifications).toEqual([]);
    const next = openBubble({ revision });
    await decorate(host);
    expect(formOf(next).textarea.value).toBe('');
  });

  it('may be closed before the tools have come', async () => {
    const host = startWidget();
    const come = host.templates.hold();
    const { close } = openBubble({ revision });
    await decorate(host);
    close();
    come();
    await settled();
    expect(document.querySelector('.pipeline-messenger')).toBeNull();
  });

  it('may be closed and opened again', async () => {
    const first = await openForm({ revision });
    first.type('First');
    first.close();
    const second = openBubble({ revision, stored: { message: 'First' } });
    await decorate(first.host);
    expect(formOf(second).textarea.value).toBe('First');
    expect(first.host.templates.requests).toHaveLength(1);
  });

  it('has a working textarea although the template never comes', async () => {
    const host = startWidget();
    host.templates.hold();
    const bubble = openBubble({ revision, stored: { message: 'Stored' } });
    await decorate(host);
    const { textarea, type, values, canSave, box } = formOf(bubble);
    expect(textarea.value).toBe('Stored');
    type('Typed');
    box().click();
    expect(values()).toEqual({ message: 'Typed', only_main: '1' });
    expect(canSave()).toBe(true);
    expect(host.notifications).toEqual([]);
  });

  it('has a working textarea although the platform cannot load templates', async () => {
    const render = (options: object, values?: object): unknown => {
      if ('href' in options) throw new Error('no templates');
      return renderControl(options, values);
    };
    const host = startWidget({ base: { render } });
    const bubble = openBubble({ revision });
    await decorate(host);
    await decorate(host);
    formOf(bubble).type('Typed');
    expect(bubble.values()['message']).toBe('Typed');
    expect(host.notifications.map(({ text }) => text)).toEqual([en.dp.failed]);
  });

  it('has a working textarea although the template cannot be rendered, and the user is told once', async () => {
    const broken = {
      render: () => {
        throw new Error('no such filter');
      },
    };
    const render = (options: { load?: (template: TwigTemplate) => void }, values?: object): unknown => {
      if (options.load === undefined) return renderControl(options, values);
      options.load(broken);
      return undefined;
    };
    const host = startWidget({ base: { render } });
    const bubbles = [openBubble({ revision }), openBubble({ revision })];
    await decorate(host);
    await decorate(host);
    for (const bubble of bubbles) {
      formOf(bubble).type('Typed');
      expect(bubble.values()['message']).toBe('Typed');
      expect(bubble.item.querySelectorAll('.pipeline-messenger_message > *')).toHaveLength(1);
    }
    expect(host.notifications.map(({ text }) => text)).toEqual([en.dp.failed]);
  });

  it('is told of no failure of the tools once the widget has gone', async () => {
    let come: (template: TwigTemplate) => void = () => undefined;
    const render = (options: { load?: (template: TwigTemplate) => void }, values?: object): unknown => {
      if (options.load === undefined) return renderControl(options, values);
      come = options.load;
      return undefined;
    };
    const host = startWidget({ base: { render } });
    openBubble({ revision });
    await decorate(host);
    host.callbacks.destroy?.();
    come({
      render: () => {
        throw new Error('no such filter');
      },
    });
    await settled();
    expect(host.notifications).toEqual([]);
  });

  it('gets its tools when the template comes late, for the text that was typed by then', async () => {
    const host = startWidget();
    const come = host.templates.hold();
    const bubble = openBubble({ revision });
    await decorate(host);
    formOf(bubble).type('Early');
    come();
    await settled();
    expect([formOf(bubble).counter(), formOf(bubble).preview()]).toEqual(['Characters: 5 · SMS: 1', 'Early']);
  });

  it('keeps Kommo’s own inputs when the editor does not come, says so, and gets it at the next call', async () => {
    const host = startWidget();
    const mend = host.archive.lose('dp-form.js');
    const { item } = openBubble({ revision, stored: { message: 'Hello' } });
    const before = item.outerHTML;
    await decorate(host);
    expect(item.outerHTML).toBe(before);
    expect(host.notifications.map(({ header, text }) => [header, text])).toEqual([
      [
        'Pipeline Messenger',
        'The message editor did not load. Refresh the page to use macros and the preview.',
      ],
    ]);
    mend();
    await decorate(host);
    expect(query(item, 'textarea', HTMLTextAreaElement).value).toBe('Hello');
    expect(host.notifications).toHaveLength(1);
  });

  it('says nothing when the editor does not come to a widget that has gone', async () => {
    const host = startWidget();
    host.archive.lose('dp-form.js');
    openBubble({ revision });
    host.callbacks.dpSettings?.();
    host.callbacks.destroy?.();
    await settled();
    expect(host.notifications).toEqual([]);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('no such control');
      },
    ],
    ['draws nothing', () => ''],
  ])('keeps Kommo’s own inputs when the platform’s control %s, and says so', async (_case, render) => {
    const host = startWidget({ base: { render } });
    const { item, values } = openBubble({ revision, stored: { message: 'Hello' } });
    const before = item.outerHTML;
    await decorate(host);
    expect(item.outerHTML).toBe(before);
    expect(values()).toEqual({ message: 'Hello', only_main: '' });
    expect(host.notifications).toHaveLength(1);
  });
});
