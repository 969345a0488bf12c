import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ApiMessage } from '../../../src/contract/messages-api.js';
import { type Backend, startBackend } from '../../../src/backend/index.js';
import {
  type Fault,
  type FaultyProxy,
  type RequestKind,
  startFaultyProxy,
} from '../../support/faulty-proxy.js';
import { anyFreePort } from '../../../scripts/sandbox/free-port.js';
import {
  type HookFields,
  type MessengerAccount,
  openMessengerAccount,
  sendHook,
} from '../support/messenger-account.js';
import { createTestFolder } from '../support/stores.js';

// What a test waits for comes late on a busy machine. A note takes seconds, in which others can be waited for, too.
vi.setConfig({ testTimeout: 150_000, hookTimeout: 120_000, maxConcurrency: 8 });

let account: MessengerAccount;
let proxy: FaultyProxy;
let backend: Backend;
/** The account's, behind the proxy. */
let origin: string;

/** Attempts and pauses are few and short, and an answer that never comes is given up after 8 seconds. */
beforeAll(async () => {
  account = await openMessengerAccount();
  proxy = await startFaultyProxy(account.origin);
  // Without an answer the backend asks the host that the token names where the account is now. That one has another
  // name than this, is not asked, and so the account stays behind the proxy.
  origin = proxy.url.replace('127.0.0.1', 'localhost');
  const port = await anyFreePort();
  backend = await startBackend(
    account.config({
      publicUrl: `http://127.0.0.1:${port}`,
      port,
      dataDir: await createTestFolder(),
      logLevel: 'silent',
      longLived: { origin, token: account.token },
      localAccounts: [origin],
      attempts: 4,
      retrySeconds: 0.1,
    }),
    { pollInterval: 20, timeouts: { api: 8000, chatService: 8000 } },
  );
}, 120_000);
afterAll(async () => {
  await backend.stop();
  await proxy.close();
  await account.close();
});

let lastMessage = 0;

/** Sends the hook, and gives what became of it once there is a note in the feed and nothing waits any more. */
async function happens(
  fields: Omit<HookFields, 'message'> & { message?: string },
): Promise<{ outcomes: ApiMessage[]; note: string | undefined; taken: string[]; message: string }> {
  lastMessage += 1;
  const { message = `Text ${lastMessage}` } = fields;
  expect(await sendHook(backend, account.hook({ ...fields, message }))).toEqual({
    status: 200,
    result: 'accepted',
  });
  const { leadId } = fields;
  return vi.waitFor(
    async () => {
      const outcomes = await account.outcomes(backend, { leadId, origin });
      expect(outcomes.length).toBeGreaterThan(0);
      expect(outcomes.filter(({ state }) => state === 'queued' || state === 'sent')).toEqual([]);
      const notes = await readNotes(leadId);
      expect(notes.length).toBe(1);
      const taken = (await account.taken()).filter(({ text }) => text === message).map(({ to }) => to);
      return { outcomes, note: notes[0], taken, message };
    },
    { timeout: 90_000, interval: 200 },
  );
}

async function readNotes(leadId: number): Promise<string[]> {
  const notes = await account.notes(leadId).catch(() => []);
  return notes.map(({ params }) => params.text);
}

async function leadWithContact(phones?: readonly string[]): Promise<{ leadId: number; contactId: number }> {
  const contactId = await account.addContact(phones === undefined ? {} : { phones });
  return { leadId: await account.addLead({ contacts: [contactId] }), contactId };
}

/** The tests run at once: each meets faults at what is its own. */
const lead = (id: number): RequestKind => ({ method: 'GET', path: new RegExp(`/leads/${id}\\b(?!/notes)`) });
const contact = (id: number): RequestKind => ({ method: 'GET', path: new RegExp(`/contacts/${id}\\b`) });
const newNote = (leadId: number): RequestKind => ({
  method: 'POST',
  path: new RegExp(`/leads/${leadId}/notes\\b`),
});
const oldNotes = (leadId: number): RequestKind => ({ ...newNote(leadId), method: 'GET' });

/** How often it was asked: once more than the fault was met. */
const asked = (kind: RequestKind): number =>
  proxy.requests.filter(({ method, path }) => method === kind.method && kind.path.test(path)).length;

describe.concurrent('the account answers', () => {
  const answer = (status: number, body = '{}', headers: Record<string, string> = {}): Fault => ({
    answer: { status, body, headers: { 'Content-Type': 'application/json', ...headers } },
  });
  /** Once: whatever may pass does, and the message goes out. */
  const passing: readonly [string, Fault][] = [
    ['429 with Retry-After', answer(429, '{}', { 'Retry-After': '1' })],
    ['429 without Retry-After', answer(429)],
    ['500', answer(500)],
    ['504', answer(504)],
    ['HTML', answer(200, '<html>Sorry</html>', { 'Content-Type': 'text/html' })],
    ['half a JSON', answer(200, '{"id": 1, "_embed')],
    ['half of its answer', 'half_answer'],
    ['nothing, and cuts the connection', 'drop'],
    ['nothing for as long as we wait', 'hang'],
    ['without an end', 'endless_answer'],
  ];

  it.each(passing)('%s to the lead once: the message goes out once', async (_title, fault) => {
    const { leadId } = await leadWithContact();
    proxy.meetAt(lead(leadId), fault, 1);
    const { outcomes, taken, note, message } = await happens({ leadId });
    expect(asked(lead(leadId))).toBe(2);
    expect(outcomes.map(({ state }) => state)).toEqual(['delivered']);
    expect(taken).toHaveLength(1);
    expect(note).toContain(message);
  });

  it.each(passing)('%s to the contact once: the message goes out once', async (_title, fault) => {
    const { leadId, contactId } = await leadWithContact();
    proxy.meetAt(contact(contactId), fault, 1);
    const { outcomes, taken } = await happens({ leadId });
    expect(asked(contact(contactId))).toBe(2);
    expect(outcomes.map(({ state }) => state)).toEqual(['delivered']);
    expect(taken).toHaveLength(1);
  });

  /** It is found in the feed, and not written a second time. */
  const writesBeforeAnswer = new Set<Fault>(['lose_answer', 'half_answer', 'endless_answer']);

  it.each([...passing, ['nothing after writing it', 'lose_answer'] as [string, Fault]])(
    '%s to the note once: it stands in the feed once',
    async (_title, fault) => {
      const { leadId } = await leadWithContact();
      proxy.meetAt(newNote(leadId), fault, 1);
      const { taken, note, message } = await happens({ leadId });
      expect(taken).toHaveLength(1);
      expect(note).toContain(message);
      const isWritten = writesBeforeAnswer.has(fault);
      // Where nobody heard that it was written, it is looked for in the feed.
      if (isWritten)
        await vi.waitFor(
          () => {
            expect(asked(oldNotes(leadId))).toBe(1);
          },
          { timeout: 10_000 },
        );
      // Whatever follows has followed by the time that a later event has its note.
      await happens(await leadWithContact());
      expect(asked(newNote(leadId))).toBe(isWritten ? 1 : 2);
      expect(await readNotes(leadId)).toEqual([note]);
    },
  );

  it('nothing after writing it to a note among hundreds: it stands in the feed once', async () => {
    const { leadId } = await leadWithContact();
    const params = { service: 'Pipeline Messenger', text: 'Another note' };
    for (let call = 0; call < 2; call += 1) {
      const others = Array.from({ length: 150 }, () => ({ note_type: 'extended_service_message', params }));
      await account.api('POST', `/leads/${leadId}/notes`, others);
    }
    proxy.meetAt(newNote(leadId), 'lose_answer', 1);
    const message = 'A text of its own';
    await sendHook(backend, account.hook({ leadId, message }));
    // The API gives 250 at a time, the oldest first.
    await vi.waitFor(
      () => {
        expect(asked(oldNotes(leadId))).toBe(2);
      },
      { timeout: 30_000 },
    );
    await happens(await leadWithContact());
    expect(asked(newNote(leadId))).toBe(1);
    const second = (await account.api('GET', `/leads/${leadId}/notes?limit=250&page=2`)) as {
      _embedded: { notes: { params: { text: string } }[] };
    };
    const texts = second._embedded.notes.map(({ params: { text } }) => text);
    expect(texts.filter((text) => text.includes(message))).toHaveLength(1);
  });

  /** For ever: no message, and both the outcome and the feed say why. */
  const lasting: readonly [string, Fault, string, RegExp | undefined][] = [
    ['402', answer(402), 'subscription_lapsed', /subscription has expired/],
    ['403', answer(403), 'kommo_refused', /does not let the integration read/],
    ['429', answer(429), 'kommo_unavailable', /did not answer/],
    ['500', answer(500), 'kommo_unavailable', /did not answer/],
    ['HTML', answer(200, '<html>'), 'kommo_unavailable', /did not answer/],
  ];

  it.each(lasting)(
    '%s to the lead for ever: nothing goes out, and the feed says why',
    async (_title, fault, reason, words) => {
      const { leadId } = await leadWithContact();
      proxy.meetAt(lead(leadId), fault);
      const { outcomes, taken, note } = await happens({ leadId });
      expect(outcomes).toMatchObject([{ state: 'failed', reason, contact: null }]);
      expect(taken).toEqual([]);
      expect(note).toMatch(words ?? /./);
    },
  );

  it('204 to the lead: it is gone', async () => {
    const { leadId } = await leadWithContact();
    proxy.meetAt(lead(leadId), answer(204, ''));
    const { outcomes, taken } = await happens({ leadId });
    expect(outcomes).toMatchObject([{ state: 'skipped', reason: 'entity_gone' }]);
    expect(taken).toEqual([]);
  });

  it.each([
    ['a list', '[1, 2]'],
    ['a number', '7'],
    ['null', 'null'],
    ['contacts that are an object', '{"id": 1, "_embedded": {"contacts": {}}}'],
    ['contacts that are null', '{"id": 1, "_embedded": {"contacts": [null, {"id": "x"}, 7]}}'],
    ['no _embedded', '{"id": 1}'],
  ])('%s in place of the lead: nobody to write to, and no failure of ours', async (_title, body) => {
    const { leadId } = await leadWithContact();
    proxy.meetAt(lead(leadId), answer(200, body));
    const { outcomes } = await happens({ leadId });
    expect(outcomes).toMatchObject([{ state: 'skipped' }]);
    expect(['no_contact', 'entity_gone']).toContain(outcomes[0]?.reason);
  });

  it.each([
    ['a list', '[]', 'no_phone'],
    ['fields that are an object', '{"id": 1, "custom_fields_values": {"a": 1}}', 'no_phone'],
    [
      'values that are a text',
      '{"id": 1, "custom_fields_values": [{"field_code": "PHONE", "values": "+12015550100"}]}',
      'no_phone',
    ],
    [
      'a phone that is an object',
      '{"id": 1, "custom_fields_values": [{"field_code": "PHONE", "values": [{"value": {}}]}]}',
      'no_phone',
    ],
  ])('%s in place of the contact: it has no phone', async (_title, body, reason) => {
    const { leadId, contactId } = await leadWithContact();
    proxy.meetAt(contact(contactId), answer(200, body));
    const { outcomes } = await happens({ leadId });
    expect(outcomes).toMatchObject([{ state: 'skipped', reason }]);
  });

  it('a name with a NUL: the message goes out without it', async () => {
    const { leadId, contactId } = await leadWithContact();
    proxy.meetAt(
      contact(contactId),
      answer(
        200,
        JSON.stringify({
          id: 1,
          name: 'A\0nna \ud800',
          first_name: 'A\0nna',
          custom_fields_values: [{ field_code: 'PHONE', values: [{ value: '+12015559999' }] }],
        }),
      ),
    );
    const { outcomes } = await happens({ leadId, message: 'Hello {{contact_first_name}}' });
    expect(outcomes).toMatchObject([{ state: 'delivered', text: 'Hello Anna' }]);
  });
});

describe.concurrent('the card holds', () => {
  it('no lead any more', async () => {
    const leadId = 99_999_999;
    await sendHook(backend, account.hook({ leadId, message: 'To nobody' }));
    await vi.waitFor(async () => {
      expect(await account.outcomes(backend, { leadId, origin })).toMatchObject([
        { state: 'skipped', reason: 'entity_gone' },
      ]);
    });
  });

  it('no contact', async () => {
    const { outcomes, note } = await happens({ leadId: await account.addLead() });
    expect(outcomes).toMatchObject([{ state: 'skipped', reason: 'no_contact' }]);
    expect(note).toContain('No contact is linked');
  });

  it('a contact without phone, beside one with', async () => {
    const contacts = [await account.addContact({ name: 'Mute', phones: [] }), await account.addContact()];
    const { outcomes, taken, note } = await happens({ leadId: await account.addLead({ contacts }) });
    expect(outcomes.map(({ state, reason }) => `${state} ${reason ?? ''}`).sort()).toEqual([
      'delivered ',
      'skipped no_phone',
    ]);
    expect(taken).toHaveLength(1);
    expect(note).toContain('Mute');
  });

  it('30 contacts: each gets the message once; with only_main the main one alone', async () => {
    const contacts: number[] = [];
    for (let one = 0; one < 30; one += 1) contacts.push(await account.addContact());
    const [all, main] = await Promise.all([
      happens({ leadId: await account.addLead({ contacts }) }),
      happens({ leadId: await account.addLead({ contacts }), onlyMain: true }),
    ]);
    expect(all.outcomes.map(({ state, reason, service_detail }) => [state, reason, service_detail])).toEqual(
      Array.from({ length: 30 }, () => ['delivered', null, null]),
    );
    expect(new Set(all.taken).size).toBe(30);
    expect(all.taken).toHaveLength(30);
    expect(main.outcomes.map(({ contact }) => contact?.id)).toEqual(contacts.slice(0, 1));
  });

  it('a number twice: it is served once', async () => {
    const contacts = [
      await account.addContact({ phones: ['+12015558801'] }),
      await account.addContact({ phones: ['(201) 555-8801'] }),
    ];
    const { outcomes, taken } = await happens({ leadId: await account.addLead({ contacts }) });
    expect(outcomes.map(({ state, reason }) => `${state} ${reason ?? ''}`).sort()).toEqual([
      'delivered ',
      'skipped number_served',
    ]);
    expect(taken).toEqual(['+12015558801']);
  });

  it.each([
    ['+1 (201) 555-7701', '+12015557701'],
    ['201.555.7702', '+12015557702'],
    ['1-201-555-7703', '+12015557703'],
    ['011 44 20 7946 0958', '+442079460958'],
    ['+7 (495) 123-45-67', '+74951234567'],
    ['+55 11 91234-5678', '+5511912345678'],
    ['+90 (532) 123 45 67', '+905321234567'],
  ])('the phone as %s', async (spelling, phone) => {
    const { taken } = await happens(await leadWithContact([spelling]));
    expect(taken).toEqual([phone]);
  });

  it('a phone that is none', async () => {
    const { outcomes } = await happens(await leadWithContact(['call me']));
    expect(outcomes).toMatchObject([{ state: 'skipped', reason: 'invalid_phone' }]);
  });
});

describe.concurrent('the text', () => {
  it('of macros alone that have nothing to fill in is empty and goes to nobody', async () => {
    const { leadId } = await leadWithContact();
    const { outcomes, taken } = await happens({ leadId, message: '{{contact_email}}' });
    expect(outcomes).toMatchObject([{ state: 'skipped', reason: 'empty_text' }]);
    expect(taken).toEqual([]);
  });

  it('of macros alone goes out with their values', async () => {
    const contacts = [await account.addContact({ name: 'Grace Hopper' })];
    const leadId = await account.addLead({ name: 'Compiler', contacts });
    await happens({ leadId, message: '{{contact_name}}{{lead_name}}' });
    expect((await account.taken()).map(({ text }) => text)).toContain('Grace HopperCompiler');
  });

  it('keeps the emoji at the edge of a segment, and a macro that nobody knows', async () => {
    const message = `${'a'.repeat(69)}👩‍👩‍👧{{nope}}${'б'.repeat(66)}😀`;
    const { taken } = await happens({ ...(await leadWithContact()), message });
    expect(taken).toHaveLength(1);
  });
});

/** The last, as its installation is void afterwards. */
describe('an account that has taken back its access', () => {
  it('gets no message, and every outcome says why', async () => {
    const { leadId } = await leadWithContact();
    proxy.meetAt({ method: 'GET', path: /./ }, { answer: { status: 401, body: '{}' } });
    const outcomes = async (): Promise<(string | null)[]> =>
      (await account.outcomes(backend, { leadId, origin })).map(({ reason }) => reason);
    for (const count of [1, 2]) {
      const hook = account.hook({ leadId, message: `Revoked ${count}` });
      expect((await sendHook(backend, hook)).status).toBe(200);
      await vi.waitFor(
        async () => {
          expect(await outcomes()).toEqual(Array.from({ length: count }, () => 'access_revoked'));
        },
        { timeout: 10_000 },
      );
      proxy.clear();
    }
    expect((await account.taken()).filter(({ text }) => text.startsWith('Revoked'))).toEqual([]);
  });
});
