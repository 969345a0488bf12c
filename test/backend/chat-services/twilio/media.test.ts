import { beforeEach, describe, expect, test } from 'vitest';
import { definitionsOf } from '../../../../src/backend/chat-services/definitions.js';
import { startTwilioServer, twilioAccount, type TwilioServer } from '../../../support/twilio-server.js';
import { credentials, definitionAt, number } from './support.js';

describe('Twilio as a service to connect', () => {
  let server: TwilioServer;

  beforeEach(async () => {
    server = await startTwilioServer();
    return () => server.close();
  });

  test.each([
    `/2010-04-01/Accounts/${twilioAccount.sid}/Messages.json`,
    `/2010-04-01/Accounts/${twilioAccount.sid}/Messages/MM1/Media/ME1/../../../../Keys`,
    `/2010-04-01/Accounts/AC${'2c'.repeat(16)}/Messages/MM1/Media/ME1`,
    `/2010-04-01/Accounts/${twilioAccount.sid}2/Messages/MM1/Media/ME1`,
  ])('asks for no file that is none of the account: %s', async (ref) => {
    const asked: unknown[] = [];
    const its = definitionsOf([{ name: 'twilio', apiUrl: server.url }], {
      fetch: (url) => {
        asked.push(url);
        return Promise.resolve(new Response('bytes'));
      },
    }).get('twilio');
    await expect(its?.open(credentials(number)).fetchMedia?.(ref)).rejects.toMatchObject({
      kind: 'permanent',
    });
    expect(asked).toEqual([]);
  });

  test('tells a file that was taken from a text that was', async () => {
    const service = definitionAt(server).open(credentials(number));
    const media = { kind: 'picture', url: 'https://files.example.com/p.png' } as const;
    const message = { to: '+15550350', text: 'Look', idempotencyKey: '1', triedSince: new Date() };
    const text = await service.send(message);
    const picture = await service.send({ ...message, media });
    expect(picture).not.toEqual(text);
    expect(await service.send(message)).toEqual(text);
    expect(await service.send({ ...message, media })).toEqual(picture);
  });
});
