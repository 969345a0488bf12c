import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import $ from 'jquery';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { channelOf, ConnectionsBackend, refusal } from '../../support/connections-backend.js';
import { type Language, languages } from '../support/words.js';
import { openPanel, press } from './panel.js';

const shop = channelOf({ name: 'Shop', is_default: true });
const office = channelOf({ name: 'Office', phone: null, service: 'twilio', pipeline_id: 51 });
let backend: ConnectionsBackend;

beforeEach(() => {
  backend = new ConnectionsBackend({ channels: [shop, office] });
});

afterEach(() => {
  document.body.replaceChildren();
});

/** The panel with these channels stored in Kommo. */
async function open(ids = [shop.id, office.id], options: Parameters<typeof openPanel>[1] = {}) {
  const panel = openPanel(backend, { stored: ids, ...options });
  await screen.findByRole('list', { name: 'Channels' });
  return panel;
}

async function comeBack(): Promise<void> {
  await act(async () => {
    window.dispatchEvent(new Event('focus'));
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
}

describe('the list of channels', () => {
  it('shows name, number, service, state, pipeline and default sender of each', async () => {
    const panel = await open();
    expect(panel.channels()).toHaveLength(2);
    const first = panel.channel('Shop');
    expect(first.getByText('+12025550100 · Demo chat')).toBeDefined();
    expect(first.getByText('Connected')).toBeDefined();
    expect(first.getByRole<HTMLSelectElement>('combobox').selectedOptions[0]?.text).toBe('Sales');
    expect(first.getByRole<HTMLInputElement>('radio').checked).toBe(true);
    expect(panel.channel('Office').getByText('Twilio')).toBeDefined();
    expect(panel.channel('Office').getByRole<HTMLInputElement>('radio').checked).toBe(false);
  });

  it('holds a place while it loads, for as many channels as Kommo has stored, and says when it takes longer', async () => {
    const { modal } = openPanel(backend, { stored: [shop.id, office.id], reply: 'hold' });
    expect(modal.querySelectorAll('.pipeline-messenger__skeleton_channel')).toHaveLength(2);
    await screen.findByText('This takes longer than usual. Please wait.', undefined, { timeout: 8000 });
  });

  it('is read once Kommo tells that the integration was installed', async () => {
    openPanel(backend, { status: 'install' });
    expect(screen.getByText(/^Install the integration first/)).toBeDefined();
    expect(backend.requests).toEqual([]);
    act(() => {
      $(document).trigger('widget:installed', ['test']);
    });
    await screen.findByRole('list', { name: 'Channels' });
  });

  it('is asked for again while the backend has not heard of the installation', async () => {
    backend.answerOnce('GET', refusal(403, 'not_installed'));
    openPanel(backend);
    await screen.findByRole('list', { name: 'Channels' }, { timeout: 5000 });
  });

  it.each([
    ['lost', 'Our server cannot be reached. Check your connection and try again.'],
    [
      refusal(401, 'token_expired'),
      'Your session in the account has expired. Refresh the page and try again.',
    ],
    [
      refusal(403, 'wrong_origin'),
      'Your session in the account has expired. Refresh the page and try again.',
    ],
    [refusal(502, 'kommo_unavailable'), 'Your account does not respond. Try again in a few minutes.'],
    [
      { status: 200, body: '<html>' },
      'Something went wrong. Try again. If it happens again, contact our support.',
    ],
    [
      refusal(500, 'something_new'),
      'Something went wrong. Try again. If it happens again, contact our support.',
    ],
  ] as const)('tells of %j in the place of the channels, and tries again', async (reply, text) => {
    const panel = openPanel(backend, { stored: [shop.id], reply });
    expect((await screen.findByRole('alert')).textContent).toContain(text);
    panel.line.reply = (request) => backend.handle(request);
    await press(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByRole('list', { name: 'Channels' });
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('only shows to others than administrators, and says so', async () => {
    backend.state = { ...backend.state, can_change: false };
    const panel = await open([]);
    expect(screen.getByText('Only administrators can change the channels.')).toBeDefined();
    expect(screen.queryAllByRole('button', { name: /Disconnect|Sign in|Access/ })).toEqual([]);
    expect(screen.getAllByRole<HTMLInputElement>('radio').every(({ disabled }) => disabled)).toBe(true);
    expect(panel.isSaveActive()).toBe(false);
  });

  it('offers no further channel at the limit, and says why', async () => {
    backend.state = { ...backend.state, limit: 2 };
    await open();
    expect(screen.getByText(/^You have connected 2 channels, and there can be no more/)).toBeDefined();
    expect(screen.queryByRole('heading', { name: 'Connect a channel' })).toBeNull();
  });

  it('shows fifty channels', async () => {
    const channels = Array.from({ length: 50 }, (_, index) => channelOf({ name: `Shop ${index}` }));
    backend.state = { ...backend.state, channels };
    const panel = await open(channels.map(({ id }) => id));
    expect(panel.channels()).toHaveLength(50);
  });

  it('shows names as text, whatever stands in them', async () => {
    backend.change(shop.id, { name: '<img src=x onerror=alert(1)>' });
    const panel = await open();
    expect(screen.getByRole('heading', { name: '<img src=x onerror=alert(1)>' })).toBeDefined();
    expect(panel.modal.querySelector('img')).toBeNull();
  });

  it('keeps a pipeline that is not in the account any more in sight', async () => {
    backend.change(shop.id, { pipeline_id: 99 });
    const panel = await open();
    expect(panel.channel('Shop').getByRole<HTMLSelectElement>('combobox').selectedOptions[0]?.text).toBe(
      'Deleted pipeline',
    );
  });

  it('keeps the choice when the pipelines could not be read', async () => {
    backend.state = { ...backend.state, pipelines: null };
    const panel = await open();
    const select = panel.channel('Shop').getByRole<HTMLSelectElement>('combobox');
    expect([select.disabled, select.value]).toEqual([true, '50']);
    expect(screen.getAllByText('The pipelines could not be loaded. Your selection is kept.')).toHaveLength(2);
  });

  it.each(Object.keys(languages) as Language[])('has no finding of axe in %s', async (language) => {
    backend.change(office.id, { state: 'disconnected' });
    const panel = openPanel(backend, { stored: [shop.id], language });
    await screen.findByRole('list', { name: languages[language].connection.title });
    const { violations } = await axe.run(panel.modal, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map(({ id }) => id)).toEqual([]);
    expect(panel.modal.textContent).not.toMatch(/connection\.|\{\w+\}/);
  });
});

describe('Save', () => {
  it('is active exactly while something differs from what is saved', async () => {
    const panel = await open();
    expect(panel.isSaveActive()).toBe(false);
    const select = panel.channel('Shop').getByRole('combobox');
    fireEvent.change(select, { target: { value: '51' } });
    expect(panel.isSaveActive()).toBe(true);
    fireEvent.change(select, { target: { value: '50' } });
    expect(panel.isSaveActive()).toBe(false);
    fireEvent.click(panel.channel('Office').getByRole('radio'));
    expect(panel.isSaveActive()).toBe(true);
    fireEvent.click(panel.channel('Shop').getByRole('radio'));
    expect(panel.isSaveActive()).toBe(false);
  });

  it('is active when Kommo has other channels stored than the backend', async () => {
    const panel = await open([shop.id]);
    expect(panel.isSaveActive()).toBe(true);
    expect(JSON.parse(panel.input.value)).toEqual([shop.id, office.id]);
  });

  it('stays active when something else of Kommo’s was changed', async () => {
    const panel = await open();
    const other = panel.modal.appendChild(document.createElement('input'));
    fireEvent.click(panel.channel('Office').getByRole('radio'));
    fireEvent.change(other, { target: { value: 'x' } });
    fireEvent.click(panel.channel('Shop').getByRole('radio'));
    expect(panel.isSaveActive()).toBe(true);
  });

  it('sends what is chosen, and is true once the backend has it', async () => {
    const panel = await open();
    fireEvent.change(panel.channel('Shop').getByRole('combobox'), { target: { value: '' } });
    fireEvent.click(panel.channel('Office').getByRole('radio'));
    expect(await panel.save()).toBe(true);
    expect(backend.requests.at(-1)?.body).toEqual({
      version: 1,
      channels: [
        { id: shop.id, pipeline_id: null },
        { id: office.id, pipeline_id: 51 },
      ],
      default_channel_id: office.id,
    });
  });

  it.each([
    ['lost', 'Our server cannot be reached. Check your connection and try again.'],
    [refusal(403, 'not_admin'), 'Only administrators can change the channels.'],
    [refusal(401, 'token_used'), 'Your session in the account has expired. Refresh the page and try again.'],
    [
      refusal(422, 'channel_disconnected'),
      'A channel is disconnected. Reconnect or disconnect it, then save again.',
    ],
    [refusal(500, 'internal'), 'Something went wrong. Try again. If it happens again, contact our support.'],
  ] as const)('is false on %j, says why, and keeps what was chosen', async (reply, text) => {
    const panel = await open();
    fireEvent.click(panel.channel('Office').getByRole('radio'));
    panel.line.reply = (request) => (request.method === 'PUT' ? reply : backend.handle(request));
    expect(await panel.save()).toBe(false);
    const alert = screen.getByRole('alert');
    expect(within(alert).getByText('The settings were not saved')).toBeDefined();
    expect(within(alert).getByText(text)).toBeDefined();
    expect(alert.parentElement).toBe(document.activeElement);
    expect(panel.channel('Office').getByRole<HTMLInputElement>('radio').checked).toBe(true);
  });

  it('leads to the sign-in when the session at the chat service has expired', async () => {
    const panel = await open();
    backend.answerOnce('PUT', refusal(401, 1015, { refresh_token_url: 'https://chat.example.com/sign-in' }));
    expect(await panel.save()).toBe(false);
    const link = screen.getByRole('link', { name: 'Sign in again' });
    expect(link.getAttribute('href')).toBe('https://chat.example.com/sign-in');
    expect(link.getAttribute('rel')).toBe('noopener noreferrer');
  });

  it('shows no address that would run a script', async () => {
    const panel = await open();
    backend.answerOnce('PUT', refusal(401, 1015, { refresh_token_url: 'javascript:alert(1)' }));
    expect(await panel.save()).toBe(false);
    expect(screen.queryByRole('link', { name: 'Sign in again' })).toBeNull();
  });

  it('reads what another page has changed, keeps the own choice, and saves the second time', async () => {
    const panel = await open();
    fireEvent.click(panel.channel('Office').getByRole('radio'));
    backend.change(shop.id, { name: 'Shop 2', pipeline_id: 51 });
    expect(await panel.save()).toBe(false);
    expect(screen.getByRole('alert').textContent).toContain('were changed in another window');
    expect(panel.channel('Shop 2').getByRole<HTMLSelectElement>('combobox').value).toBe('51');
    expect(panel.channel('Office').getByRole<HTMLInputElement>('radio').checked).toBe(true);
    expect(await panel.save()).toBe(true);
    expect(screen.queryByRole('alert')).toBeNull();
    expect(backend.state.channels.map((one) => one.is_default)).toEqual([false, true]);
  });

  it('asks for a channel first when there is none', async () => {
    backend.state = { ...backend.state, channels: [] };
    const panel = openPanel(backend);
    await screen.findByText(/^No channel is connected yet/);
    expect(panel.isSaveActive()).toBe(false);
    expect(await panel.save()).toBe(false);
    expect(screen.getByRole('alert').textContent).toContain('Connect a channel first, then save.');
    expect(backend.requests.map(({ method }) => method)).toEqual(['GET']);
  });
});

describe('another page', () => {
  it('that has changed something is told of when this one comes back, and nothing chosen is lost', async () => {
    const panel = await open();
    fireEvent.change(panel.channel('Shop').getByRole('combobox'), { target: { value: '51' } });
    backend.change(office.id, { name: 'Office 2' });
    await comeBack();
    expect(screen.getByText(/^The channels were changed in another window/)).toBeDefined();
    expect(panel.channel('Office 2')).toBeDefined();
    expect(panel.channel('Shop').getByRole<HTMLSelectElement>('combobox').value).toBe('51');
    expect(panel.isSaveActive()).toBe(true);
  });

  it('that has changed nothing is no news, and neither is a line that broke meanwhile', async () => {
    const panel = await open();
    await comeBack();
    panel.line.reply = () => 'lost';
    await comeBack();
    expect(screen.queryByText(/another window/)).toBeNull();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(panel.channels()).toHaveLength(2);
  });

  it('does not disturb somebody who is connecting a channel', async () => {
    const panel = await open();
    await panel.open('Twilio', 'Access keys');
    fireEvent.change(await screen.findByLabelText('Account ID'), { target: { value: 'AC1' } });
    const before = backend.requests.length;
    await comeBack();
    expect(backend.requests).toHaveLength(before);
    expect(screen.getByLabelText<HTMLInputElement>('Account ID').value).toBe('AC1');
  });
});

describe('disconnecting', () => {
  it('asks first, with the focus on the answer that changes nothing', async () => {
    const panel = await open();
    await press(panel.channel('Office').getByRole('button', { name: 'Disconnect' }));
    expect(document.activeElement?.textContent).toBe('Keep');
    expect(screen.getByText(/^Disconnect Office\? Messages will no longer/)).toBeDefined();
    await press(screen.getByRole('button', { name: 'Keep' }));
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Office' }));
    expect(backend.state.channels).toHaveLength(2);
  });

  it('takes the channel away, says so, and has what is left saved', async () => {
    const panel = await open();
    await press(panel.channel('Shop').getByRole('button', { name: 'Disconnect' }));
    await press(panel.channel('Shop').getByRole('button', { name: 'Disconnect' }));
    await waitFor(() => {
      expect(panel.channels()).toHaveLength(1);
    });
    expect(screen.getByText('Shop is disconnected.')).toBeDefined();
    expect(panel.modal.contains(document.activeElement)).toBe(true);
    expect(panel.channel('Office').getByRole<HTMLInputElement>('radio').checked).toBe(true);
    expect(panel.isSaveActive()).toBe(true);
    expect(JSON.parse(panel.input.value)).toEqual([office.id]);
  });

  it('says in its place why it did not work', async () => {
    const panel = await open();
    backend.answerOnce('DELETE', refusal(500, 'internal'));
    await press(panel.channel('Shop').getByRole('button', { name: 'Disconnect' }));
    await press(panel.channel('Shop').getByRole('button', { name: 'Disconnect' }));
    expect((await panel.channel('Shop').findByRole('alert')).textContent).toContain('Something went wrong');
    expect(panel.channels()).toHaveLength(2);
  });

  it('is content with a channel that another page has disconnected before', async () => {
    const panel = await open();
    await press(panel.channel('Shop').getByRole('button', { name: 'Disconnect' }));
    backend.state = { ...backend.state, channels: [office], version: 9 };
    await press(panel.channel('Shop').getByRole('button', { name: 'Disconnect' }));
    await waitFor(() => {
      expect(panel.channels()).toHaveLength(1);
    });
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
