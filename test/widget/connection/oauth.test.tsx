import { act, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConnectionsBackend } from '../../support/connections-backend.js';
import { address, openPanel, press } from './panel.js';

/** As much of a window as the panel uses. */
interface FakeWindow {
  closed: boolean;
  readonly document: Document;
  readonly location: { href: string };
  close(): void;
  postMessage: (data: unknown, options: { targetOrigin: string }) => void;
}

let opened: (FakeWindow & { features: string })[];
let isBlocked: boolean;

beforeEach(() => {
  opened = [];
  isBlocked = false;
  vi.spyOn(window, 'open').mockImplementation((_url, _target, features) => {
    if (isBlocked) return null;
    const fake = {
      closed: false,
      document: document.implementation.createHTMLDocument(),
      location: { href: 'about:blank' },
      close() {
        fake.closed = true;
      },
      postMessage: vi.fn(),
      features: features ?? '',
    };
    opened.push(fake);
    return fake as unknown as Window;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

async function openSignIn(backend = new ConnectionsBackend()) {
  const panel = openPanel(backend);
  await panel.open('Demo chat', 'Sign in');
  await screen.findByRole('group', { name: 'Connect Demo chat' });
  return { backend, panel };
}

const start = () => screen.getByRole('button', { name: 'Sign in to Demo chat' });
const again = () => screen.findByRole('button', { name: 'Sign in again' }, { timeout: 8000 });

async function post(origin: string, data: unknown, source?: FakeWindow): Promise<void> {
  const event = new MessageEvent('message', { origin, data });
  // A constructor takes real windows alone.
  Object.defineProperty(event, 'source', { value: source ?? null });
  await act(async () => {
    window.dispatchEvent(event);
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
}

const message = (backend: ConnectionsBackend, attempt_id = [...backend.attempts.keys()].at(-1)) => ({
  type: 'pipeline-messenger:connection',
  attempt_id,
  state: 'connected',
});

const question = (backend: ConnectionsBackend) => ({
  type: 'pipeline-messenger:connection-question',
  attempt_id: backend.waiting.id,
});

describe('connecting with a sign-in', () => {
  it('opens a window of 600 by 600 pixels in the click itself, and sends it to the service', async () => {
    const { backend } = await openSignIn();
    act(() => {
      start().click();
    });
    expect(opened[0]?.features).toContain('width=600,height=600');
    expect(opened[0]?.document.body.textContent).toBe('Loading…');
    await vi.waitFor(() => {
      expect(opened[0]?.location.href).toBe(`${backend.consentPage}?state=1`);
    });
    expect(screen.getByText('Finish signing in in the window that has opened.')).toBeDefined();
  });

  it('hears of the end from the backend’s page at once, closes the window and shows the channel', async () => {
    const { backend, panel } = await openSignIn();
    await press(start());
    const told = message(backend);
    backend.connect({ name: 'Shop' });
    await post(address, told);
    expect(await screen.findByRole('heading', { name: 'Shop' })).toBe(document.activeElement);
    expect(opened[0]?.closed).toBe(true);
    expect(panel.isSaveActive()).toBe(true);
    expect(screen.queryByRole('group', { name: 'Connect Demo chat' })).toBeNull();
  });

  it.each([
    ['another origin', 'https://evil.example.com', {}],
    ['nowhere', '', {}],
    ['another widget', address, { type: 'other' }],
    ['another attempt', address, { attempt_id: 'other' }],
  ])('does not listen to a message of %s', async (_who, origin, change) => {
    const { backend } = await openSignIn();
    await press(start());
    const before = backend.requests.length;
    await post(origin, { ...message(backend), ...change });
    expect(backend.requests).toHaveLength(before);
  });

  it('proves to the backend’s page in its own window that it has begun the sign-in', async () => {
    const { backend } = await openSignIn();
    await press(start());
    const { id, prompt } = backend.waiting;
    await post(address, question(backend), opened[0]);
    expect(opened[0]?.postMessage).toHaveBeenCalledExactlyOnceWith(
      {
        type: 'pipeline-messenger:connection-proof',
        attempt_id: id,
        proof: prompt?.kind === 'oauth' ? prompt.proof : undefined,
      },
      { targetOrigin: new URL(address).origin },
    );
    expect(opened[0]?.location.href).not.toContain(prompt?.kind === 'oauth' ? prompt.proof : '');
  });

  it.each([
    ['of another origin', 'https://evil.example.com', true, {}],
    ['from nowhere', '', true, {}],
    ['about another attempt', address, true, { attempt_id: 'other' }],
    ['about no attempt', address, true, { attempt_id: undefined }],
    ['from a window that it has not opened', address, false, {}],
  ])('proves nothing to a page %s', async (_who, origin, isOpened, change) => {
    const { backend } = await openSignIn();
    await press(start());
    const foreign = { ...opened[0], postMessage: vi.fn() } as unknown as FakeWindow;
    await post(origin, { ...question(backend), ...change }, isOpened ? opened[0] : foreign);
    expect(opened[0]?.postMessage).not.toHaveBeenCalled();
    expect(foreign.postMessage).not.toHaveBeenCalled();
  });

  it('asks every two seconds where no message comes', async () => {
    const { backend } = await openSignIn();
    await press(start());
    backend.connect({ name: 'Shop' });
    await screen.findByRole('heading', { name: 'Shop' }, { timeout: 5000 });
  });

  it('says that the browser has blocked the window, asks the backend for nothing, and tries again', async () => {
    const { backend } = await openSignIn();
    isBlocked = true;
    await press(start());
    expect(screen.getByRole('alert').textContent).toMatch(/^Your browser has blocked the sign-in window/);
    expect(backend.attempts.size).toBe(0);
    isBlocked = false;
    await press(await again());
    expect(opened).toHaveLength(1);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('notices a closed window after it has asked once more, and still takes a late result', async () => {
    const { backend } = await openSignIn();
    await press(start());
    opened[0]?.close();
    const before = backend.requests.length;
    await again();
    expect(screen.getByRole('alert').textContent).toBe(
      'The sign-in window seems to be closed. If you still see it, finish there; otherwise sign in again.',
    );
    expect(backend.requests.length).toBeGreaterThan(before);
    // A service may cut its page off from this one, so that it seems to be closed.
    backend.connect({ name: 'Shop' });
    await screen.findByRole('heading', { name: 'Shop' }, { timeout: 5000 });
  });

  it('connects when the window was closed because all was done', async () => {
    const { backend } = await openSignIn();
    await press(start());
    backend.connect({ name: 'Shop' });
    opened[0]?.close();
    await screen.findByRole('heading', { name: 'Shop' }, { timeout: 5000 });
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it.each([
    ['declined', null, 'Access was not allowed. Sign in again and allow access.'],
    [
      'service_unavailable',
      'HTTP 500 <b>',
      'The chat service does not respond. Try again in a few minutes. Demo chat says: HTTP 500 <b>',
    ],
    ['no_sender', null, /^This account has no number or sender/],
  ] as const)('tells of the problem %s, and begins anew', async (problem, detail, text) => {
    const { backend } = await openSignIn();
    await press(start());
    const told = message(backend);
    backend.fail(problem, detail);
    await post(address, told);
    const shown = screen.getByRole('alert').textContent;
    if (typeof text === 'string') expect(shown).toBe(text);
    else expect(shown).toMatch(text);
    await press(await again());
    expect(backend.attempts.size).toBe(2);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('does not go where a script would run', async () => {
    const { panel, backend } = await openSignIn();
    panel.line.reply = (request) => {
      const answer = backend.handle(request);
      if (request.method !== 'POST') return answer;
      const prompt = { kind: 'oauth', url: 'javascript:alert(1)' };
      return { status: 200, body: { ...(answer.body as object), prompt } };
    };
    await press(start());
    expect(await screen.findByRole('alert')).toBeDefined();
    expect(opened[0]?.location.href).toBe('about:blank');
    expect(opened[0]?.closed).toBe(true);
  });

  it('gives the attempt up and closes the window on Cancel', async () => {
    const { backend } = await openSignIn();
    await press(start());
    await press(screen.getByRole('button', { name: 'Cancel' }));
    expect([backend.attempts.size, opened[0]?.closed]).toEqual([0, true]);
  });

  it('gives up an attempt that was begun when nobody waited any more', async () => {
    const { backend } = await openSignIn();
    act(() => {
      start().click();
      screen.getByRole('button', { name: 'Cancel' }).click();
    });
    await vi.waitFor(() => {
      expect(backend.requests.map(({ method }) => method)).toContain('DELETE');
    });
    expect(backend.attempts.size).toBe(0);
  });

  it('connects a channel again by its own method, and keeps it in its place', async () => {
    const backend = new ConnectionsBackend();
    const panel = openPanel(backend);
    await panel.open('Demo chat', 'Sign in');
    await press(start());
    const channel = backend.connect({ name: 'Shop' });
    await post(address, message(backend));
    await act(async () => {
      backend.change(channel.id, { state: 'disconnected' });
      window.dispatchEvent(new Event('focus'));
      await new Promise((resolve) => setTimeout(resolve, 20));
    });
    await press(screen.getByRole('button', { name: 'Reconnect' }));
    const group = await screen.findByRole('group', { name: 'Reconnect Shop' });
    await press(within(group).getByRole('button', { name: 'Sign in to Demo chat' }));
    expect(backend.requests.at(-1)?.body).toEqual({
      service: 'demo',
      method: 'oauth',
      channel_id: channel.id,
    });
  });
});
