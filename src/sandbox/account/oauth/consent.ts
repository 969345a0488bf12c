import { randomBytes } from 'node:crypto';
import { issueCode } from './grants.js';
import { isFromOwnPage } from './own-page.js';
import { html } from './page-frame.js';
import { consentPage, messagePage, refusalPage } from './pages.js';
import { declinedFields, grantedFields, withFields } from './redirect.js';
import { acceptForms, bodyFields, textField } from './fields.js';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ConsentResult } from './redirect.js';
import type { AccountContext } from '../context.js';
import type { Integration, User } from '../state.js';

/**
 * `/oauth?client_id&state&mode=popup|post_message` (`platform/server.md §1.1`): asks the signed-in user, then
 * leads the browser to the redirect address, or with `post_message` tells the window that opened this one. Only
 * an administrator may allow what is not installed yet; the tokens carry the rights of the user who allows.
 */
export function consent(app: FastifyInstance, context: AccountContext): void {
  acceptForms(app);

  app.get('/oauth', (request, reply) => {
    const asked = question(context, request.query);
    if (asked.refusal !== undefined) return refuse(reply, asked.status, asked.refusal);
    const { integration, user, state, mode } = asked;
    return html(reply).send(
      consentPage({
        integrationName: integration.name,
        accountName: context.account.name,
        userName: user.name,
        scopes: integration.scopes,
        fields: { client_id: integration.client_uuid, mode, ...(state === undefined ? {} : { state }) },
      }),
    );
  });

  app.post('/oauth', (request, reply) => {
    if (!isFromOwnPage(request))
      return refuse(reply, 403, 'Access is granted on the page of the account only.');
    const fields = bodyFields(request.body);
    const asked = question(context, fields);
    if (asked.refusal !== undefined) return refuse(reply, asked.status, asked.refusal);
    const decision = textField(fields, 'decision');
    if (decision !== 'allow' && decision !== 'decline') {
      return refuse(reply, 400, 'Choose Allow or Decline.');
    }
    const { integration, user, state, mode } = asked;
    const result =
      decision === 'allow'
        ? allow(context, integration, user, state)
        : declinedFields(integration, { state });
    return mode === 'post_message'
      ? tellOpener(reply, result, new URL(integration.redirect_uri).origin)
      : reply.redirect(withFields(integration.redirect_uri, result), 302);
  });
}

type Question =
  | { refusal: string; status: 400 | 403 | 404 }
  | {
      refusal?: undefined;
      integration: Integration;
      user: User;
      state: string | undefined;
      mode: 'popup' | 'post_message';
    };

function question(context: AccountContext, fields: unknown): Question {
  const integration = context.account.integrations.get(textField(fields, 'client_id') ?? '');
  if (integration === undefined) return { refusal: 'No integration has this client_id.', status: 404 };
  const mode = textField(fields, 'mode') ?? 'popup';
  if (mode !== 'popup' && mode !== 'post_message') {
    return { refusal: 'The mode must be popup or post_message.', status: 400 };
  }
  const user = context.account.users.get(context.currentUserId());
  if (user === undefined || !user.rights.is_active) {
    return { refusal: 'Nobody is signed in to this account.', status: 403 };
  }
  if (!integration.is_installed && !user.rights.is_admin) {
    return { refusal: 'Only an administrator of the account can install an integration.', status: 403 };
  }
  return { integration, user, state: textField(fields, 'state'), mode };
}

function allow(
  context: AccountContext,
  integration: Integration,
  user: User,
  state: string | undefined,
): ConsentResult {
  integration.is_installed = true;
  return grantedFields(context, integration, { code: issueCode(context, integration, user.id), state });
}

function refuse(reply: FastifyReply, status: number, reason: string): FastifyReply {
  return html(reply).code(status).send(refusalPage(reason));
}

function tellOpener(reply: FastifyReply, result: ConsentResult, origin: string): FastifyReply {
  const nonce = randomBytes(16).toString('base64');
  return html(reply, [`script-src 'nonce-${nonce}'`]).send(messagePage(result, origin, nonce));
}
