import { screen, waitFor } from '@testing-library/dom';
import $ from 'jquery';
import { describe, expect, it } from 'vitest';
import type { AuthorizedRequest } from '../../src/kommo/widget.js';
import { channelOf, ConnectionsBackend } from '../support/connections-backend.js';
import { query } from './support/digital-pipeline.js';
import { type Host, type HostOptions, settled, startWidget } from './support/host.js';
import { openSettingsModal } from './support/settings-modal.js';
import { type Language, languages } from './support/words.js';

const page = (): string => document.documentElement.outerHTML;
const panelTitle = (): HTMLElement => screen.getByRole('heading', { name: 'What it does' });

/** The modal with the panel in it, drawn to the end. */
async function openPanel(options: HostOptions = {}) {
  const host = startWidget(options);
  const settingsModal = openSettingsModal();
  const empty = page();
  host.callbacks.settings?.(settingsModal.$body);
  await waitFor(panelTitle);
  return { host, empty, ...settingsModal };
}

function open(host: Host) {
  const settingsModal = openSettingsModal();
  host.callbacks.settings?.(settingsModal.$body);
  return settingsModal;
}

describe('settings', () => {
  it('draws the panel above the fields, so that Save stays at the bottom', async () => {
    const { body, own } = await openPanel();
    expect(own()?.contains(panelTitle())).toBe(true);
    expect(own()?.nextElementSibling).toBe(query(body, '.widget_settings_block__fields'));
  });

  it('draws the panel at the end where there are no fields', async () => {
    const host = startWidget();
    const { $body, body, own } = openSettingsModal();
    query(body, '.widget_settings_block__fields').remove();
    host.callbacks.settings?.($body);
    await waitFor(panelTitle);
    expect(body.lastElementChild).toBe(own());
  });

  it.each(Object.keys(languages) as Language[])('says in %s that the panel is loading', async (language) => {
    const host = startWidget({ language });
    const come = host.archive.hold('settings.js');
    const { own } = open(host);
    await settled();
    expect(own()?.textContent).toBe(languages[language].panel.loading);
    expect(screen.getByRole('status')).toBe(own()?.firstElementChild);
    come();
    await waitFor(() => screen.getByRole('heading', { name: languages[language].panel.about.title }));
    expect(own()?.textContent).not.toContain(languages[language].panel.loading);
  });

  it('touches nothing of Kommo’s own', async () => {
    const untouched = openSettingsModal().modal.outerHTML;
    const { modal } = await openPanel();
    const copy = modal.cloneNode(true) as HTMLElement;
    query(copy, '.pipeline-messenger').remove();
    expect(copy.outerHTML).toBe(untouched);
  });

  it('has one panel after it was called twice', async () => {
    const { host, $body, modal } = await openPanel();
    host.callbacks.settings?.($body);
    await waitFor(panelTitle);
    expect(modal.querySelectorAll('.pipeline-messenger')).toHaveLength(1);
    expect(screen.getAllByRole('heading', { name: 'What it does' })).toHaveLength(1);
  });

  it('has one panel when it is called twice before anything has come', async () => {
    const host = startWidget();
    const { $body, modal } = openSettingsModal();
    host.callbacks.settings?.($body);
    host.callbacks.settings?.($body);
    await waitFor(panelTitle);
    await settled();
    expect(modal.querySelectorAll('.pipeline-messenger')).toHaveLength(1);
    expect(host.archive.requests).toEqual([
      'https://example.kommo.com/upl/pipeline_messenger_test/widget/settings.js?v=1.2.3',
      'https://example.kommo.com/upl/pipeline_messenger_test/widget/vendor.js?v=1.2.3',
    ]);
  });

  it('follows the modal that was opened last', async () => {
    const { host, own } = await openPanel();
    const second = open(host);
    await waitFor(panelTitle);
    expect(own()).toBeNull();
    expect(second.own()?.contains(panelTitle())).toBe(true);
  });

  it('does nothing without a place to draw in', () => {
    const host = startWidget();
    const before = page();
    host.callbacks.settings?.(openSettingsModal().$body.find('.missing'));
    document.body.replaceChildren();
    expect(page()).toBe(before);
    expect(host.archive.requests).toEqual([]);
  });

  it.each([
    ['a plain element', (body: HTMLElement) => body],
    ['a form', (body: HTMLElement) => body.appendChild(document.createElement('form'))],
  ])('draws the panel when the platform hands over %s', async (_case, placeIn) => {
    const host = startWidget();
    const { body } = openSettingsModal();
    const place = placeIn(body);
    if (place !== body) place.innerHTML = '<input name="first">';
    host.callbacks.settings?.(place as never);
    await waitFor(panelTitle);
    expect(place.contains(panelTitle())).toBe(true);
  });

  it.each([undefined, null, {}, 'modal'])('does nothing when the platform hands over %j', ($body) => {
    const host = startWidget();
    const { own } = openSettingsModal();
    host.callbacks.settings?.($body as never);
    expect(own()).toBeNull();
  });

  it('works in a modal that comes onto the page only after the call', async () => {
    const host = startWidget();
    const settingsModal = openSettingsModal({ attached: false });
    host.callbacks.settings?.(settingsModal.$body);
    document.body.append(document.createElement('p'));
    await settled();
    settingsModal.attach();
    await waitFor(panelTitle);
    settingsModal.close();
    await settled();
    expect(settingsModal.own()).toBeNull();
  });
});

describe('when the modal closes', () => {
  it('the panel is unmounted and its styles go', async () => {
    const { body, close, host, modal, own } = await openPanel();
    const styles = document.head.querySelectorAll('style').length;
    expect(styles).toBeGreaterThan(0);
    const panel = query(own() ?? body, 'h2');
    close();
    await settled();
    expect(own()).toBeNull();
    expect(modal.contains(panel)).toBe(false);
    expect(panel.isConnected).toBe(false);
    expect(document.head.querySelectorAll('style')).toHaveLength(0);
    host.callbacks.destroy?.();
  });

  it('the panel is not drawn any more if it was still loading', async () => {
    const host = startWidget();
    const come = host.archive.hold('settings.js');
    const { close, modal, own } = open(host);
    await settled();
    close();
    await settled();
    const before = modal.outerHTML;
    come();
    await settled();
    expect(own()).toBeNull();
    expect(modal.outerHTML).toBe(before);
    expect(document.head.querySelectorAll('style')).toHaveLength(0);
  });

  it.each(['the modal', 'a layer around it'])(
    'by the removal of %s deep in the page, the panel goes',
    async (what) => {
      const host = startWidget();
      const { own, modal } = open(host);
      const page = document.body.appendChild(document.createElement('div'));
      const layer = page.appendChild(document.createElement('div'));
      layer.append(modal);
      await settled();
      expect(own()).not.toBeNull();
      if (what === 'the modal') modal.remove();
      else layer.remove();
      await settled();
      expect(own()).toBeNull();
    },
  );

  it('the panel can be opened in the next one', async () => {
    const { close, host } = await openPanel();
    close();
    await settled();
    const { own } = open(host);
    await waitFor(panelTitle);
    expect(own()?.contains(panelTitle())).toBe(true);
  });
});

describe('when the panel does not load', () => {
  it.each(['settings.js', 'vendor.js'])('for want of %s, it says so and loads on retry', async (file) => {
    const host = startWidget();
    const mend = host.archive.lose(file);
    const { own } = open(host);
    await settled();
    expect(screen.getByRole('alert').textContent).toBe(
      'The settings did not load. Check your connection and try again. If it happens again, contact our support.',
    );
    const retry = screen.getByRole<HTMLButtonElement>('button', { name: 'Try again' });
    expect([retry.type, own()?.contains(retry)]).toEqual(['button', true]);
    mend();
    retry.click();
    expect(screen.getByRole('status').textContent).toBe('Loading…');
    await waitFor(panelTitle);
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  it('says so again when the retry fails too', async () => {
    const host = startWidget();
    host.archive.lose('settings.js');
    open(host);
    await settled();
    screen.getByRole('button', { name: 'Try again' }).click();
    await settled();
    expect(screen.getAllByRole('alert')).toHaveLength(1);
    expect(screen.getAllByRole('button', { name: 'Try again' })).toHaveLength(1);
    const panels = host.archive.requests.filter((address) => address.includes('settings.js'));
    expect(panels).toHaveLength(2);
  });

  it('says so when what came is no panel', async () => {
    const host = startWidget();
    host.archive.replace('settings.js', {});
    open(host);
    await settled();
    expect(screen.getByRole('alert')).toBeDefined();
  });

  it('says nothing in a modal that was closed or a widget that has gone', async () => {
    const host = startWidget();
    host.archive.lose('settings.js');
    const { modal } = open(host);
    host.callbacks.destroy?.();
    await settled();
    expect(modal.querySelector('[role=alert], .pipeline-messenger')).toBeNull();
  });
});

describe('the channels', () => {
  /** A backend that answers when it is told to. */
  function backend() {
    const asked: { url: string | undefined; answer: JQueryDeferred<unknown>; isAborted: boolean }[] = [];
    const $authorizedAjax = ({ url }: JQueryAjaxSettings): AuthorizedRequest => {
      const call = { url, answer: $.Deferred<unknown>(), isAborted: false };
      asked.push(call);
      return call.answer.promise({
        abort() {
          call.isAborted = true;
          call.answer.reject({ status: 0 }, 'abort');
        },
      }) as AuthorizedRequest;
    };
    return { asked, base: { $authorizedAjax } };
  }

  it('are asked for together with the panel, once, and shown when both are there', async () => {
    const { asked, base } = backend();
    const host = startWidget({ base });
    const come = host.archive.hold('settings.js');
    const { own } = open(host);
    await settled();
    expect(asked.map(({ url }) => url)).toEqual(['{backend}/connections']);
    asked[0]?.answer.resolve(new ConnectionsBackend({ channels: [channelOf({ name: 'Shop' })] }).state);
    come();
    await waitFor(() => screen.getByText('Shop'));
    expect(own()?.querySelector('[aria-busy=true]')).toBeNull();
    expect(asked).toHaveLength(1);
  });

  it('are not asked for again when the panel is loaded again after a failure', async () => {
    const { asked, base } = backend();
    const host = startWidget({ base });
    const found = host.archive.lose('settings.js');
    open(host);
    await waitFor(() => screen.getByRole('alert'));
    found();
    screen.getByRole('button', { name: 'Try again' }).click();
    await waitFor(panelTitle);
    expect(asked).toHaveLength(1);
  });

  it('are given up with a modal that is closed before the panel is there', async () => {
    const { asked, base } = backend();
    const host = startWidget({ base });
    host.archive.hold('settings.js');
    const { modal } = open(host);
    await settled();
    modal.remove();
    await settled();
    expect(asked.map(({ isAborted }) => isAborted)).toEqual([true]);
  });

  it('are not asked for before the integration is installed', async () => {
    const { asked, base } = backend();
    await openPanel({ base: { ...base, get_install_status: () => 'install' } });
    expect(asked).toEqual([]);
  });
});

describe('destroy', () => {
  it('takes the panel and every style away', async () => {
    const { empty, host } = await openPanel();
    expect(page()).not.toBe(empty);
    host.callbacks.destroy?.();
    expect(page()).toBe(empty);
    host.callbacks.destroy?.();
    expect(page()).toBe(empty);
  });

  it('keeps the panel off the page if it was still loading', async () => {
    const host = startWidget();
    const come = host.archive.hold('settings.js');
    const { $body } = openSettingsModal();
    const before = page();
    host.callbacks.settings?.($body);
    await settled();
    host.callbacks.destroy?.();
    come();
    await settled();
    expect(page()).toBe(before);
  });

  it('lets the settings be opened again', async () => {
    const { $body, host, own } = await openPanel();
    host.callbacks.destroy?.();
    host.callbacks.settings?.($body);
    await waitFor(panelTitle);
    expect(own()).not.toBeNull();
  });
});
