import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { channelOf, ConnectionsBackend } from '../../support/connections-backend.js';
import { openPanel, press } from './panel.js';

/** What is added and not taken away again, by its kind and name. */
let held: Map<string, number>;

beforeEach(() => {
  held = new Map();
  for (const target of [window, document]) {
    const count = (type: string, by: number): void => {
      const key = `${target === window ? 'window' : 'document'} ${type}`;
      held.set(key, (held.get(key) ?? 0) + by);
    };
    const add = target.addEventListener.bind(target) as (...given: unknown[]) => void;
    const remove = target.removeEventListener.bind(target) as (...given: unknown[]) => void;
    vi.spyOn(target, 'addEventListener').mockImplementation((...given: unknown[]) => {
      count(String(given[0]), 1);
      add(...given);
    });
    vi.spyOn(target, 'removeEventListener').mockImplementation((...given: unknown[]) => {
      count(String(given[0]), -1);
      remove(...given);
    });
  }
});

afterEach(() => {
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

/** Those of React's own root stay in the removed node; its one on the document is for good. */
const left = (): string[] =>
  [...held].filter(([name, count]) => count > 0 && name !== 'document selectionchange').map(([name]) => name);

describe('closing the panel', () => {
  it.each([
    ['while the channels load', undefined],
    ['while a code is shown', ['Demo chat', 'QR code']],
    ['while keys are typed', ['Twilio', 'Access keys']],
    ['while a sign-in waits', ['Demo chat', 'Sign in']],
  ] as const)('%s leaves no listener, request, timer or window', async (_when, way) => {
    const opened = { closed: false, document, location: { href: '' }, close: vi.fn() };
    vi.spyOn(window, 'open').mockReturnValue(opened as unknown as Window);
    const backend = new ConnectionsBackend({ channels: [channelOf()] });
    const panel = openPanel(backend);
    if (way === undefined) panel.line.reply = () => 'hold';
    else {
      await panel.open(way[0], way[1]);
      if (way[1] === 'Sign in') {
        await press(await screen.findByRole('button', { name: 'Sign in to Demo chat' }));
      }
    }
    panel.close();
    const wasBegun = backend.attempts.size > 0 || way?.[1] === 'QR code' || way?.[1] === 'Sign in';
    expect(left()).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    const closing = backend.requests.map(({ method }) => method);
    expect(closing.filter((method) => method === 'DELETE')).toHaveLength(wasBegun ? 1 : 0);
    expect(backend.attempts.size).toBe(0);
    expect(opened.close).toHaveBeenCalledTimes(way?.[1] === 'Sign in' ? 1 : 0);
    const before = backend.requests.length;
    await act(async () => {
      window.dispatchEvent(new Event('focus'));
      await new Promise((resolve) => setTimeout(resolve, 50));
    });
    expect(backend.requests).toHaveLength(before);
  });

  it('ends requests that are under way', async () => {
    const backend = new ConnectionsBackend({ channels: [channelOf()] });
    const panel = openPanel(backend);
    await screen.findByRole('list', { name: 'Channels' });
    panel.line.reply = () => 'hold';
    const saving = panel.save();
    await new Promise((resolve) => setTimeout(resolve, 10));
    panel.close();
    expect(await saving).toBe(false);
    expect(panel.aborted).toEqual(['PUT /connections/settings']);
  });
});
