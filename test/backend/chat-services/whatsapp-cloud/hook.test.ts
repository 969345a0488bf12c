import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { AppHook } from '../../../../src/backend/chat-services/definition.js';
import { graphApp, hubSigned } from '../../../support/graph-server.js';
import { definitionAt } from './support.js';

describe('The webhook of our app at Meta', () => {
  const { appHook } = definitionAt({ url: 'https://graph.facebook.com' });
  const asked = (more: Record<string, string>): URLSearchParams =>
    new URLSearchParams({
      'hub.mode': 'subscribe',
      'hub.verify_token': graphApp.verifyToken,
      'hub.challenge': '1158201444',
      ...more,
    });

  test('answers Meta’s question with what it asks to hear, and nobody else', () => {
    expect(appHook.verify(asked({}))).toBe('1158201444');
    expect(appHook.verify(asked({ 'hub.mode': 'unsubscribe' }))).toBeUndefined();
    expect(appHook.verify(asked({ 'hub.verify_token': 'not-a-real-verify-tokem' }))).toBeUndefined();
    expect(appHook.verify(asked({ 'hub.verify_token': '' }))).toBeUndefined();
    expect(appHook.verify(new URLSearchParams())).toBeUndefined();
  });

  test('is signed with the secret of the app, over the body as it came', () => {
    // openssl dgst -sha256 -hmac 0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a
    const digest = '07f5c5f97cc3c3b0357281b1ba6672bccfd8110129c1799e5e4d0307a8d203ce';
    const body = Buffer.from('{"object":"whatsapp_business_account","entry":[]}');
    const read = (signature: string, bytes = body): unknown =>
      appHook.read({ url: '', headers: { 'x-hub-signature-256': signature }, body: bytes });
    expect(read(`sha256=${digest}`)).toEqual([]);
    expect(read(digest)).toBeUndefined();
    expect(read(`sha1=${digest}`)).toBeUndefined();
    expect(read(`sha256=${digest}`, Buffer.concat([body, Buffer.from(' ')]))).toBeUndefined();
    const sha1 = createHmac('sha1', graphApp.appSecret).update(body).digest('hex');
    expect(appHook.read({ url: '', headers: { 'x-hub-signature': `sha1=${sha1}` }, body })).toBeUndefined();
  });

  const read = (...values: readonly object[]): ReturnType<AppHook['read']> => {
    const changes = values.map((value) => ({ field: 'messages', value }));
    const body = Buffer.from(JSON.stringify({ entry: [{ id: '1', changes }] }));
    return appHook.read({ url: '', headers: hubSigned(body), body });
  };

  const incoming = (more: object, value: object = {}): object => ({
    metadata: { phone_number_id: '106540352242922' },
    contacts: [{ profile: { name: 'Ann' }, wa_id: '15550300' }],
    messages: [{ from: '15550300', id: 'wamid.1', timestamp: '1700000000', ...more }],
    ...value,
  });

  /** The one event of a message. */
  const told = (more: object): unknown => read(incoming(more))?.map(({ event }) => event);

  test('tells whom a message is for, who wrote it and what', () => {
    expect(read(incoming({ type: 'text', text: { body: 'Hi <b>' } }))).toEqual([
      {
        key: '106540352242922',
        event: {
          kind: 'message',
          id: 'wamid.1',
          from: '+15550300',
          name: 'Ann',
          at: new Date(1_700_000_000_000),
          text: 'Hi <b>',
        },
      },
    ]);
  });

  test('tells of several accounts in one call', () => {
    const text = { type: 'text', text: { body: 'Hi' } };
    const keys = read(incoming(text), incoming(text, { metadata: { phone_number_id: '2' } }))?.map(
      ({ key }) => key,
    );
    expect(keys).toEqual(['106540352242922', '2']);
  });

  test.each([
    ['image', { id: '7', caption: 'Words' }, { kind: 'picture', ref: '7' }, 'Words'],
    ['video', { id: '7' }, { kind: 'video', ref: '7' }, undefined],
    ['audio', { id: '7' }, { kind: 'audio', ref: '7' }, undefined],
    ['audio', { id: '7', voice: true }, { kind: 'voice', ref: '7' }, undefined],
    ['sticker', { id: '7', animated: false }, { kind: 'sticker', ref: '7' }, undefined],
    ['document', { id: '7', filename: 'a.pdf' }, { kind: 'file', ref: '7', fileName: 'a.pdf' }, undefined],
  ])('passes on what came as %s (%j)', (type, content, media, text) => {
    expect(told({ type, [type]: content })).toEqual([expect.objectContaining({ media })]);
    expect((told({ type, [type]: content }) as { text?: string }[])[0]?.text).toBe(text);
  });

  test.each([
    ['a button of a template', { type: 'button', button: { text: 'Stop', payload: 'x' } }, 'Stop'],
    ['a button', { type: 'interactive', interactive: { button_reply: { id: '1', title: 'Yes' } } }, 'Yes'],
    ['a choice', { type: 'interactive', interactive: { list_reply: { id: '1', title: 'Blue' } } }, 'Blue'],
    ['a form', { type: 'interactive', interactive: { nfm_reply: { body: 'Sent' } } }, 'Sent'],
    [
      'a place',
      { type: 'location', location: { latitude: 1.5, longitude: -2, name: 'Shop', address: 'Main St' } },
      'Shop\nMain St\nhttps://www.google.com/maps?q=1.5,-2',
    ],
    [
      'contacts',
      {
        type: 'contacts',
        contacts: [
          { name: { formatted_name: 'Jane' }, phones: [{ phone: '+1 555-0301' }, {}] },
          { name: { formatted_name: 'Bob' } },
        ],
      },
      'Jane\n+1 555-0301\n\nBob',
    ],
  ])('puts %s into words', (_name, content, text) => {
    expect(told(content)).toEqual([expect.objectContaining({ text })]);
  });

  test.each([
    ['a reaction', { type: 'reaction', reaction: { emoji: '👍' } }],
    ['what Meta does not support', { type: 'unsupported', errors: [{ code: 131051 }] }],
    ['a message of the system', { type: 'system', system: { body: 'changed their number' } }],
    ['a message of a group', { type: 'text', text: { body: 'Hi' }, group_id: 'g' }],
    [
      'somebody without a number',
      { type: 'text', text: { body: 'Hi' }, from: undefined, from_user_id: 'US.1' },
    ],
    ['a picture without an id', { type: 'image', image: {} }],
    ['a place that is none', { type: 'location', location: { latitude: 'x' } }],
    ['an empty text', { type: 'text', text: { body: ' ' } }],
  ])('tells nothing of %s', (_name, content) => {
    expect(told(content)).toEqual([]);
  });

  test.each([
    [{ status: 'sent' }, { state: 'sent' }],
    [
      { status: 'delivered', biz_opaque_callback_data: 'k' },
      { state: 'delivered', key: 'k' },
    ],
    [{ status: 'read' }, { state: 'read' }],
    [{ status: 'played' }, { state: 'read' }],
    [{ status: 'failed' }, { state: 'failed', reason: 'undelivered' }],
    [
      { status: 'failed', errors: [{ code: 131026, title: 'Message undeliverable' }] },
      { state: 'skipped', reason: 'not_on_service', code: '131026', detail: 'Message undeliverable' },
    ],
    [
      {
        status: 'failed',
        errors: [{ code: 131047, title: 'x', error_data: { details: 'More than 24 hours for 15550300' } }],
      },
      { state: 'failed', reason: 'window_closed', code: '131047', detail: 'More than 24 hours for …' },
    ],
    [
      { status: 'failed', errors: [{ code: 131048, title: 'Spam rate limit hit' }] },
      { state: 'failed', reason: 'undelivered', code: '131048' },
    ],
  ])('tells how far a message is (%j)', (status, update) => {
    const statuses = [{ id: 'wamid.2', recipient_id: '15550300', timestamp: '1', ...status }];
    const value = { metadata: { phone_number_id: '1' }, statuses };
    expect(read(value)).toMatchObject([{ key: '1', event: { kind: 'status', id: 'wamid.2', ...update } }]);
  });

  test('tells nothing of a status that it does not know', () => {
    const value = { metadata: { phone_number_id: '1' }, statuses: [{ id: 'x', status: 'deleted' }] };
    expect(read(value)).toEqual([]);
  });
});
