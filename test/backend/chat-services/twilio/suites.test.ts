import { describe } from 'vitest';
import type { ConnectedAccount } from '../../../../src/backend/chat-services/definition.js';
import { startTwilioServer, twilioAccount, twilioSigned } from '../../../support/twilio-server.js';
import { describeDefinition } from '../definition/describe-definition.js';
import { anotherToken, credentials, definitionAt, kindsOfSenders, number, values } from './support.js';

describe.each(kindsOfSenders)('With %s', (title, sender) => {
  describeDefinition({
    title: `Twilio with ${title}`,
    secrets: [twilioAccount.sid, twilioAccount.token, anotherToken, sender],
    signatureHeader: 'x-twilio-signature',
    has: { oauth: false, qr: false, apiKey: true, media: 'ref', signOut: false, appHook: false },
    async start() {
      const server = await startTwilioServer();
      const connect = async (): Promise<ConnectedAccount> => {
        const account = await definitionAt(server).apiKey?.complete(values(sender));
        if (account === undefined) throw new Error('Twilio has no API key.');
        return account;
      };
      return {
        url: server.url,
        definition: definitionAt,
        connect,
        wrongCredentials: { ...credentials(sender), auth_token: anotherToken },
        taken: () =>
          server.messages.map(({ to, body, mediaUrl }) => ({
            to: to.replace('whatsapp:', ''),
            text: body,
            media: mediaUrl ?? undefined,
          })),
        async write({ from, name, text, media }) {
          await server.write(sender, { from, name, text, files: media ? [media] : [] });
        },
        report: (id, status) => server.report(id, status, status === 'failed' ? { ErrorCode: '30008' } : {}),
        sign: ({ url, body }) => ({
          'x-twilio-signature': twilioSigned(url, Object.fromEntries(new URLSearchParams(body.toString()))),
        }),
        nonsense: [
          'Body=Hello',
          'Body=Hello&From=%2B15550100',
          'MessageSid=SM1&Body=Hello&From=SHOP',
          'MessageSid=SM1&MessageStatus=new',
          'MessageStatus=delivered',
          'MessageSid=SM1&Body=&From=12345&NumMedia=lots',
        ],
        apiKey: {
          values: values(sender),
          wrong: {
            'a wrong token': {
              values: { ...values(sender), secret: anotherToken },
              problem: 'wrong_credentials',
            },
            'an account that is not there': {
              values: { ...values(sender), account_id: `AC${'2c'.repeat(16)}` },
              problem: 'wrong_credentials',
            },
            'an API key in place of the account': {
              values: { ...values(sender), account_id: `SK${'2c'.repeat(16)}` },
              problem: 'wrong_credentials',
            },
            'a number of somebody else': { values: values('+15550555'), problem: 'no_sender' },
            'a part of a number': { values: values('+1555099'), problem: 'no_sender' },
            'a service of somebody else': { values: values(`MG${'3d'.repeat(16)}`), problem: 'no_sender' },
            'a number that is not at WhatsApp': {
              values: values(`whatsapp:${number}`),
              problem: 'no_sender',
            },
            'no sender at all': { values: values('!?'), problem: 'no_sender' },
          },
        },
        close: () => server.close(),
      };
    },
  });
});
