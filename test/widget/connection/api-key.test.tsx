import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { ConnectionsBackend, goodToken, refusal } from '../../support/connections-backend.js';
import { openPanel, press } from './panel.js';

afterEach(() => {
  document.body.replaceChildren();
});

async function openKeys(backend = new ConnectionsBackend()) {
  const panel = openPanel(backend);
  await panel.open('Twilio', 'Access keys');
  await screen.findByRole('group', { name: 'Connect Twilio' });
  return { backend, panel };
}

const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label);
const connect = () => screen.getByRole('button', { name: 'Connect' });

async function fill(values: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(values)) fireEvent.change(field(label), { target: { value } });
  await press(connect());
}

describe('connecting with access keys', () => {
  it('shows the fields of the service with their labels, the secret masked', async () => {
    await openKeys();
    expect(field('Account ID').type).toBe('text');
    expect(field('Secret key').type).toBe('password');
    expect(field('Sender (number or name) (optional)').type).toBe('text');
    expect(document.activeElement).toBe(field('Account ID'));
    for (const input of screen.getByRole('group', { name: 'Connect Twilio' }).querySelectorAll('input')) {
      expect([input.autocomplete, input.name]).toEqual(['off', '']);
    }
  });

  it('says which fields are blank and sends nothing', async () => {
    const { backend } = await openKeys();
    await fill({ 'Account ID': '   ' });
    expect(field('Account ID').getAttribute('aria-invalid')).toBe('true');
    expect(field('Secret key').getAttribute('aria-invalid')).toBe('true');
    expect(screen.getAllByText('Fill in this field')).toHaveLength(2);
    expect(document.activeElement).toBe(field('Account ID'));
    expect(backend.requests.map(({ method }) => method)).toEqual(['GET']);
  });

  it('connects, shows the channel, forgets what was typed, and has Save active', async () => {
    const { backend, panel } = await openKeys();
    expect(panel.isSaveActive()).toBe(false);
    await fill({ 'Account ID': ' AC1\n', 'Secret key': goodToken });
    const title = await screen.findByRole('heading', { name: 'AC1' });
    expect(document.activeElement).toBe(title);
    expect(panel.channel('AC1').getByText('Not saved')).toBeDefined();
    expect(screen.queryByLabelText('Secret key')).toBeNull();
    expect(panel.modal.innerHTML).not.toContain(goodToken);
    expect(panel.isSaveActive()).toBe(true);
    expect(JSON.parse(panel.input.value)).toEqual([backend.state.channels[0]?.id]);
  });

  it('does not make Save active by what is typed', async () => {
    const { panel } = await openKeys();
    fireEvent.input(field('Secret key'), { target: { value: 'x' } });
    fireEvent.change(field('Account ID'), { target: { value: 'y' } });
    expect(panel.isSaveActive()).toBe(false);
  });

  it('submits with Enter', async () => {
    const { backend } = await openKeys();
    fireEvent.change(field('Account ID'), { target: { value: 'AC1' } });
    fireEvent.change(field('Secret key'), { target: { value: goodToken } });
    await act(async () => {
      field('Secret key').form?.requestSubmit();
      await Promise.resolve();
    });
    await screen.findByRole('heading', { name: 'AC1' });
    expect(backend.state.channels).toHaveLength(1);
  });

  it('tells what is wrong in our words and the service’s, keeps the fields, and tries anew', async () => {
    const { backend } = await openKeys();
    await fill({ 'Account ID': 'AC1', 'Secret key': 'wrong' });
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toBe(
      'The chat service does not accept this data. Check it and try again. Twilio says: Authenticate',
    );
    expect(field('Account ID').value).toBe('AC1');
    await fill({ 'Secret key': goodToken });
    await screen.findByRole('heading', { name: 'AC1' });
    expect(backend.attempts.size).toBe(2);
  });

  it.each([
    ['out of reach', 'lost', 'Our server cannot be reached. Check your connection and try again.'],
    [
      'a page of some proxy',
      { status: 502, body: '<html>' },
      'Something went wrong. Try again. If it happens again, contact our support.',
    ],
    [
      'an expired token',
      refusal(401, 'token_expired'),
      'Your session in the account has expired. Refresh the page and try again.',
    ],
    [
      'too many channels',
      refusal(409, 'limit_reached'),
      'There are too many channels. Disconnect one first.',
    ],
  ] as const)('tells of a backend that answers with %s', async (_what, reply, text) => {
    const { panel } = await openKeys();
    panel.line.reply = () => reply;
    await fill({ 'Account ID': 'AC1', 'Secret key': goodToken });
    expect((await screen.findByRole('alert')).textContent).toBe(text);
    expect(connect().getAttribute('aria-busy')).toBe('false');
  });

  it('shows progress on the button, which a second click does not double', async () => {
    const { backend, panel } = await openKeys();
    panel.line.reply = (request) => {
      backend.requests.push(request);
      return 'hold';
    };
    await fill({ 'Account ID': 'AC1', 'Secret key': goodToken });
    expect(connect().getAttribute('aria-busy')).toBe('true');
    await press(connect());
    expect(backend.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('says after a while that it takes longer', async () => {
    const { panel } = await openKeys();
    panel.line.reply = () => 'hold';
    await fill({ 'Account ID': 'AC1', 'Secret key': goodToken });
    await waitFor(() => screen.getByText('This takes longer than usual. Please wait.'), { timeout: 8000 });
  });

  it('goes back on Cancel and keeps the focus in the panel', async () => {
    await openKeys();
    await press(screen.getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByLabelText('Secret key')).toBeNull();
    expect(document.activeElement?.textContent).toBe('Connect a channel');
  });

  it('says so when the part that connects does not load, and tries again', async () => {
    let isBroken = true;
    const panel = openPanel(new ConnectionsBackend(), {
      load: () =>
        isBroken
          ? Promise.reject(new Error('503'))
          : import('../../../src/widget/connection/attempt/index.js'),
    });
    await panel.open('Twilio', 'Access keys');
    await screen.findByRole('alert');
    isBroken = false;
    await press(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByLabelText('Account ID');
  });
});
