import { act, fireEvent, screen, within } from '@testing-library/react';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MockInstance } from 'vitest';
import { mount } from '../../../src/widget/settings/index.js';
import { settingsSections } from '../../../src/widget/settings/SettingsPanel.js';
import { panelContext } from './host.js';
import type { Saved } from './host.js';

const support = { link: 'https://example.com/support' };
const unmounts: (() => void)[] = [];
const consoleMethods = ['debug', 'log', 'info', 'warn', 'error', 'trace'] as const;
let container: HTMLElement;
let consoleSpies: MockInstance[];

beforeEach(() => {
  container = document.body.appendChild(document.createElement('div'));
  container.className = 'pipeline-messenger';
  consoleSpies = consoleMethods.map((method) => vi.spyOn(console, method));
});

afterEach(() => {
  act(() => {
    for (const unmount of unmounts.splice(0)) unmount();
  });
  container.remove();
  // Moderation forbids the console (`platform/widget.md §8`, rule 11), so every test here watches it.
  for (const spy of consoleSpies) {
    expect(spy).not.toHaveBeenCalled();
    spy.mockRestore();
  }
});

type Options = Parameters<typeof mount>[2];

function open(context = panelContext(), options?: Options): () => void {
  let unmount = (): void => undefined;
  act(() => {
    const panel = mount(container, context, options);
    unmount = () => {
      panel.close();
    };
  });
  unmounts.push(unmount);
  return () => {
    act(unmount);
  };
}

function openSaved(saved: Saved) {
  open(panelContext(saved));
}

async function violations(): Promise<string[]> {
  // jsdom neither lays out nor paints, so contrast cannot be judged here.
  const results = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
  return results.violations.map(({ id }) => id);
}

describe('the state of the integration', () => {
  it('reads installed once everything is in place', () => {
    openSaved({ status: 'installed', settings: { channels: '["1"]', widget_active: 'Y' } });
    const status = within(screen.getByRole('status'));
    expect(status.getByRole('heading', { name: 'Installed' })).toBeDefined();
    expect(status.getByText(/^Add Pipeline Messenger to a stage/)).toBeDefined();
    expect(status.queryAllByRole('listitem')).toEqual([]);
  });

  it('reads not configured before the first save', () => {
    openSaved({ status: 'not_configured' });
    const status = within(screen.getByRole('status'));
    expect(status.getByRole('heading', { name: 'Not configured' })).toBeDefined();
    expect(status.getByText('Connect a channel and save to start sending messages.')).toBeDefined();
  });

  it.each([
    ['no channel is saved', { channels: '', widget_active: 'Y' }, ['Connect a channel and save.']],
    [
      'it is switched off',
      { channels: ['1'], widget_active: 'N' },
      ['The integration is switched off. No messages are sent until you switch it on.'],
    ],
    [
      'the platform holds it for broken',
      { channels: ['1'], status: 'error' },
      ['Messages cannot be sent at the moment. Check the settings and save them again.'],
    ],
    [
      'all of this is so',
      { status: 'error', widget_active: 'N' },
      [
        'Messages cannot be sent at the moment. Check the settings and save them again.',
        'The integration is switched off. No messages are sent until you switch it on.',
        'Connect a channel and save.',
      ],
    ],
  ])('needs attention when %s', (_case, settings, expected) => {
    openSaved({ status: 'installed', settings });
    const status = within(screen.getByRole('status'));
    expect(status.getByRole('heading', { name: 'Needs attention' })).toBeDefined();
    expect(status.getAllByRole('listitem').map((item) => item.textContent)).toEqual(expected);
  });
});

describe('the rest of the panel', () => {
  it('tells what the integration does under a heading', () => {
    openSaved({ status: 'installed', settings: { channels: ['1'] } });
    const headings = screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent);
    expect(headings).toEqual(['Status', 'Channels', 'What it does']);
    expect(screen.getAllByRole('listitem')).toHaveLength(3);
    expect(screen.getByText(/^Sends a message when a lead reaches a stage/)).toBeDefined();
  });

  it('opens the support page in a tab that knows nothing of this one', () => {
    openSaved({ settings: { support } });
    const link = screen.getByRole('link', { name: 'Contact support' });
    expect(link.getAttribute('href')).toBe('https://example.com/support');
    expect(link.getAttribute('target')).toBe('_blank');
    expect(link.getAttribute('rel')).toBe('noopener noreferrer');
  });

  it.each([undefined, '', 'javascript:alert(1)', { email: 'help@example.com' }])(
    'says nothing of support when the manifest gives %j',
    (given) => {
      openSaved({ settings: { support: given } });
      expect(screen.getByRole('status')).toBeDefined();
      expect(screen.queryByRole('link')).toBeNull();
      expect(screen.queryByText('Need help with the integration?')).toBeNull();
    },
  );

  it('draws every section that it is given, in their order', () => {
    const Connection = () => <p>Connection</p>;
    open(panelContext(), { sections: [Connection, ...settingsSections] });
    const text = container.textContent;
    expect(text.indexOf('Connection')).toBeGreaterThanOrEqual(0);
    expect(text.indexOf('Connection')).toBeLessThan(text.indexOf('Status'));
  });
});

describe('mount and unmount', () => {
  it('leaves the document as it was, however often it is called', () => {
    container.innerHTML = '<p>of the host</p>';
    const before = document.documentElement.outerHTML;
    const close = open();
    expect(screen.getByRole('status')).toBeDefined();
    expect(document.documentElement.outerHTML).not.toBe(before);
    close();
    close();
    expect(document.documentElement.outerHTML).toBe(before);
  });

  it('draws the panel again after it was closed', () => {
    open()();
    open();
    const title = screen.getByRole('heading', { name: 'Status' });
    const themed = [...title.classList].filter((name) => name.startsWith('crm-ui-kit-theme'));
    expect(themed).toHaveLength(1);
    expect(document.head.textContent).toContain(`.${String(themed[0])} {`);
  });

  it('takes away only its own panel when two are open', () => {
    const closeFirst = open();
    const styles = document.head.querySelectorAll('style').length;
    open();
    closeFirst();
    expect(screen.getAllByRole('status')).toHaveLength(1);
    expect(document.head.querySelectorAll('style')).toHaveLength(styles);
  });

  it('can be closed before the first drawing', () => {
    const before = document.documentElement.outerHTML;
    act(() => {
      mount(container, panelContext()).close();
    });
    expect(document.documentElement.outerHTML).toBe(before);
  });
});

describe('a failure inside', () => {
  const hush = (event: Event): void => {
    event.preventDefault();
  };

  // React's development build reports a caught exception unless the window's error event is cancelled.
  beforeEach(() => {
    window.addEventListener('error', hush);
  });
  afterEach(() => {
    window.removeEventListener('error', hush);
  });

  function openBroken() {
    const defect = { present: true };
    const Fragile = () => {
      if (defect.present) throw new Error('broken section');
      return <p>whole again</p>;
    };
    const close = open(panelContext({ settings: { support } }), { sections: [Fragile, ...settingsSections] });
    return { defect, close };
  }

  it('shows a notice with a retry and the way to support instead of the panel', () => {
    openBroken();
    const alert = within(screen.getByRole('alert'));
    expect(alert.getByRole('heading', { name: 'The settings did not load' })).toBeDefined();
    expect(alert.getByText(/^Check your connection/)).toBeDefined();
    expect(alert.getByRole('button', { name: 'Try again' }).getAttribute('type')).toBe('button');
    expect(alert.getByRole('link', { name: 'Contact support' })).toBeDefined();
    expect(screen.queryByRole('status')).toBeNull();
  });

  it('draws the panel anew on retry and keeps the focus in it', () => {
    const { defect } = openBroken();
    defect.present = false;
    const retry = screen.getByRole('button', { name: 'Try again' });
    retry.focus();
    fireEvent.click(retry);
    expect(screen.getByText('whole again')).toBeDefined();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(document.activeElement?.contains(screen.getByRole('status'))).toBe(true);
    expect(document.activeElement).not.toBe(document.body);
  });

  it('shows the notice again when the retry fails too', () => {
    openBroken();
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(screen.getByRole('alert')).toBeDefined();
  });

  it('shows something even when the words themselves fail', () => {
    const words = () => {
      throw new Error('no language');
    };
    const context = { ...panelContext({ settings: { support } }), words };
    open(context);
    expect(screen.getByRole('heading', { name: 'panel.status.title' })).toBeDefined();
  });

  it('leaves nothing behind when it is closed', () => {
    const before = document.documentElement.outerHTML;
    openBroken().close();
    expect(document.documentElement.outerHTML).toBe(before);
  });

  it('has no accessibility violations', async () => {
    openBroken();
    expect(await violations()).toEqual([]);
  });
});

describe('accessibility', () => {
  it.each([
    { status: 'installed', settings: { channels: ['1'], support } },
    { status: 'not_configured', settings: { support } },
    { status: 'installed', settings: { status: 'error', widget_active: 'N', support } },
  ])('has no violations with %j', async (saved) => {
    openSaved(saved);
    expect(await violations()).toEqual([]);
  });
});
