import { fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { ConnectionsBackend, picture } from '../../support/connections-backend.js';
import { openPanel, press } from './panel.js';

afterEach(() => {
  document.body.replaceChildren();
});

async function openCode(backend = new ConnectionsBackend()) {
  const panel = openPanel(backend);
  await panel.open('Demo chat', 'QR code');
  await screen.findByRole('group', { name: 'Connect Demo chat' });
  return { backend, panel };
}

const image = () => screen.findByRole<HTMLImageElement>('img', undefined, { timeout: 5000 });

describe('connecting with a code', () => {
  it('begins at once, with a loader in the place of the code and instructions', async () => {
    const { backend } = await openCode();
    expect(backend.attempts.size).toBe(1);
    expect(screen.getByText('Preparing the code…').getAttribute('role')).toBe('status');
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toContain(
      'Point the camera at this code.',
    );
    expect(screen.queryByRole('img')).toBeNull();
  });

  it('shows the code with a text for who does not see it, and the next one when that comes', async () => {
    const { backend } = await openCode();
    backend.showCode(picture);
    expect((await image()).alt).toBe('QR code that connects Demo chat');
    expect((await image()).src).toBe(picture);
    const next = picture.replace('iVBO', 'iVBP');
    backend.showCode(next);
    await waitFor(
      async () => {
        expect((await image()).src).toBe(next);
      },
      { timeout: 5000 },
    );
  });

  it('asks before a code runs out, and not in a torrent when the clock goes wrong', async () => {
    const { backend } = await openCode();
    const now = Math.floor(Date.now() / 1000);
    backend.showCode(picture, now + 3);
    await image();
    backend.showCode(picture.replace('iVBO', 'iVBP'), now - 3600);
    await waitFor(
      async () => {
        expect((await image()).src).not.toBe(picture);
      },
      { timeout: 5000 },
    );
    const before = backend.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(backend.requests.length - before).toBeLessThanOrEqual(1);
  });

  it('shows who is connected once it was scanned, and asks no more', async () => {
    const { backend } = await openCode();
    backend.showCode(picture);
    await image();
    backend.connect({ name: 'Phone of the shop', phone: '+12025550147' });
    expect(await screen.findByRole('heading', { name: 'Phone of the shop' }, { timeout: 5000 })).toBe(
      document.activeElement,
    );
    expect(screen.getByText('+12025550147 · Demo chat')).toBeDefined();
    expect(screen.queryByRole('img')).toBeNull();
    const before = backend.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(backend.requests).toHaveLength(before);
  });

  it.each(['https://example.com/code.png', 'javascript:alert(1)', 'data:text/html,x'])(
    'does not show %s for a code, but offers another',
    async (wrong) => {
      const { backend, panel } = await openCode();
      panel.line.reply = (request) => {
        const answer = backend.handle(request);
        const prompt = { kind: 'qr', image: wrong, expires_at: null };
        return request.method === 'DELETE'
          ? answer
          : { ...answer, body: { ...(answer.body as object), prompt } };
      };
      await screen.findByText('The code cannot be shown.', undefined, { timeout: 5000 });
      expect(screen.queryByRole('img')).toBeNull();
      expect(screen.getByRole('button', { name: 'Show a new code' })).toBeDefined();
    },
  );

  it('says so when the browser cannot draw the picture', async () => {
    const { backend } = await openCode();
    backend.showCode(picture);
    fireEvent.error(await image());
    expect(screen.getByRole('alert').textContent).toBe('The code cannot be shown.');
    await press(screen.getByRole('button', { name: 'Show a new code' }));
    expect(backend.requests.map(({ method }) => method)).toContain('DELETE');
    expect(screen.getByText('Preparing the code…')).toBeDefined();
  });

  it('says that time is up, and shows a new code on demand', async () => {
    const { backend } = await openCode();
    backend.fail('expired');
    expect((await screen.findByRole('alert', undefined, { timeout: 5000 })).textContent).toBe(
      'Time is up. Try again.',
    );
    await press(screen.getByRole('button', { name: 'Show a new code' }));
    expect(backend.attempts.size).toBe(2);
  });

  it('goes on asking through a broken line, and says so after a while', async () => {
    const { backend, panel } = await openCode();
    const reply = panel.line.reply;
    panel.line.reply = () => 'lost';
    await screen.findByText(/^The connection to our server is interrupted/, undefined, { timeout: 12_000 });
    panel.line.reply = reply;
    backend.showCode(picture);
    await image();
    expect(screen.queryByText(/^The connection to our server/)).toBeNull();
  });
});
