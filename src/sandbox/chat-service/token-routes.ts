import type { FastifyInstance } from 'fastify';
import { acceptForms, bodyFields, isRecord, textField } from '../account/oauth/fields.js';
import { isSame } from './accesses.js';
import { printAccount } from './accounts.js';
import { faultFor, meet } from './faults.js';
import { ServiceRefusal } from './refusal.js';
import type { ChatServiceParts } from './routes.js';

/** What opens an account: a code of the consent page, or the account's own secret. */
export function tokenRoutes(
  room: FastifyInstance,
  { accounts, apps, accesses, codes, faults, clock, onConnections }: ChatServiceParts,
): void {
  acceptForms(room);

  room.post('/oauth/token', async (request, reply) => {
    const fields = bodyFields(request.body);
    await meet(faultFor(faults(), null));
    const app = apps.require(textField(fields, 'client_id'), textField(fields, 'client_secret'));
    if (textField(fields, 'grant_type') !== 'authorization_code') {
      throw new ServiceRefusal('invalid_request', 'grant_type: authorization_code was expected.');
    }
    const account = codes.redeem(need(fields, 'code'), {
      app,
      redirectUri: need(fields, 'redirect_uri'),
      codeVerifier: need(fields, 'code_verifier'),
    });
    if (account === undefined) {
      throw new ServiceRefusal(
        'invalid_grant',
        'The code is unknown, used up, older than ten minutes, or of another app, address or verifier.',
      );
    }
    const { token } = accesses.give(account, app, clock.now());
    onConnections();
    return reply.send({ access_token: token, token_type: 'bearer', account: printAccount(account) });
  });

  room.post('/tokens', async (request, reply) => {
    if (!isRecord(request.body)) {
      throw new ServiceRefusal('invalid_request', 'A JSON object was expected as the body.');
    }
    const id = need(request.body, 'account_id');
    const secret = need(request.body, 'secret');
    await meet(faultFor(faults(), null));
    const account = accounts.find((one) => one.id === id);
    if (account === undefined || !isSame(secret, account.secret)) {
      throw new ServiceRefusal('invalid_key', 'There is no account with this id and secret.');
    }
    const { token } = accesses.give(account, undefined, clock.now());
    onConnections();
    return reply.send({ access_token: token, account: printAccount(account) });
  });
}

function need(fields: Readonly<Record<string, unknown>>, name: string): string {
  const value = textField(fields, name);
  if (value !== undefined && value !== '') return value;
  throw new ServiceRefusal('invalid_request', `${name}: a text was expected.`);
}
