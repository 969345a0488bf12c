import { describe, expect, it } from 'vitest';
import { openService, to } from '../chat-service/support/service.js';

describe('pages of the sandbox', () => {
  it('hear of a message and of what becomes of it, with the contact who has the number', async () => {
    const { send, listen } = await openService();
    const listener = await listen();
    const { body } = await send({ text: 'Your order is ready' });
    const { messages } = await listener.heard('phone', (one) => one.messages[0]?.status === 'delivered');
    expect(messages).toEqual([
      {
        number: 1,
        id: body['id'],
        by: 'business',
        from: '+12025550140',
        to,
        client: to,
        account: { id: 'brightside', name: 'Brightside Studio' },
        text: 'Your order is ready',
        media: null,
        status: 'delivered',
        reason: null,
        at: Date.parse(String(body['created_at'])),
        seen: false,
        contact: { id: expect.any(Number) as number, name: 'Olivia Bennett' },
        name: null,
      },
    ]);
  });

  it(
    'hear that there is much when much happens at once, and read the newest messages then',
    { timeout: 20_000 },
    async () => {
      const { send, listen, page } = await openService();
      await Promise.all(Array.from({ length: 510 }, (_none, index) => send({ text: `Text ${index}` })));
      const listener = await listen();
      await page('POST', '/sandbox/phone/seen', { to });
      const told = await listener.heard('phone', ({ isPart }) => isPart);
      expect(told.messages.length).toBeLessThanOrEqual(100);
      const { body } = await page('GET', '/sandbox/phone/messages');
      const numbers = body.map((one) => Number(one['number']));
      expect(numbers).toEqual(Array.from({ length: 500 }, (_none, index) => 510 - index));
      expect(body.every((one) => Boolean(one['seen']))).toBe(true);
    },
  );

  it('hear of faults', async () => {
    const { fail, listen } = await openService();
    const listener = await listen();
    await fail({ mode: 'slow' });
    expect(await listener.heard('phone_settings')).toEqual({
      kind: 'phone_settings',
      settings: { reading: 'opened', faults: [{ to: null, mode: 'slow', seconds: 5 }] },
    });
  });

  it.each([
    ['as it is written in the card', '+1 (202) 555-0199', '+12025550199'],
    ['without the code of the country', '202 555 0199', '+12025550199'],
    ['after a zero', '0176 12345678', '+4917612345678'],
    ['after an eight', '8 (916) 555-01-99', '+79165550199'],
  ])('find a contact by the digits of a number, %s', async (_how, written, number) => {
    const { send, page } = await openService();
    const field = { field_code: 'PHONE', values: [{ value: written, enum_code: 'WORK' }] };
    await page('POST', '/api/v4/contacts', [{ name: 'Somebody', custom_fields_values: [field] }]);
    await send({ to: number });
    const [shown] = (await page('GET', '/sandbox/phone/messages')).body;
    expect(shown?.['contact']).toMatchObject({ name: 'Somebody' });
  });

  it('show a number that nobody has without a name', async () => {
    const { send, page } = await openService();
    await send({ to: '+12025550198' });
    const [shown] = (await page('GET', '/sandbox/phone/messages')).body;
    expect(shown).toMatchObject({ to: '+12025550198', contact: null });
  });
});
