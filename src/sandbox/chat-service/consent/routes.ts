import type { FastifyInstance, FastifyReply } from 'fastify';
import { acceptForms, bodyFields, textField } from '../../account/oauth/fields.js';
import { isFromOwnPage } from '../../account/oauth/own-page.js';
import { html } from '../../account/oauth/page-frame.js';
import { withFields } from '../../account/oauth/redirect.js';
import { faultFor, meet } from '../faults.js';
import { ServiceRefusal } from '../refusal.js';
import type { ChatServiceParts } from '../routes.js';
import { consentPage, refusalPage } from './page.js';
import { readQuestion, type Question } from './question.js';

/** `/oauth/authorize`: asks the person, then leads the browser to the app with a code, or with `access_denied`. */
export function consentRoutes(
  room: FastifyInstance,
  { accounts, apps, codes, faults }: Pick<ChatServiceParts, 'accounts' | 'apps' | 'codes' | 'faults'>,
): void {
  acceptForms(room);
  room.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof ServiceRefusal)) throw error;
    refuse(reply, error.status, error.message);
  });

  room.get('/oauth/authorize', async (request, reply) => {
    await meet(faultFor(faults(), null));
    const read = readQuestion(apps, request.query);
    if (read.kind === 'refusal') return refuse(reply, 400, read.reason);
    if (read.kind === 'mistake') return reply.redirect(read.redirectTo, 302);
    return html(reply).send(consentPage(read.question, accounts));
  });

  room.post('/oauth/authorize', async (request, reply) => {
    if (!isFromOwnPage(request)) return refuse(reply, 403, 'Access is granted on this page only.');
    await meet(faultFor(faults(), null));
    const fields = bodyFields(request.body);
    const read = readQuestion(apps, fields);
    if (read.kind === 'refusal') return refuse(reply, 400, read.reason);
    if (read.kind === 'mistake') return reply.redirect(read.redirectTo, 302);
    const answer = answerOf(read.question, fields);
    return answer === undefined
      ? refuse(reply, 400, 'Choose an account and Allow, or Cancel.')
      : reply.redirect(withFields(read.question.redirectUri, answer), 302);
  });

  function answerOf(question: Question, fields: unknown): Record<string, string | undefined> | undefined {
    const { app, redirectUri, codeChallenge, state } = question;
    const decision = textField(fields, 'decision');
    if (decision === 'cancel') return { error: 'access_denied', state };
    const account = accounts.find(({ id }) => id === textField(fields, 'account'));
    if (decision !== 'allow' || account === undefined) return undefined;
    return { code: codes.issue({ app, account, redirectUri, codeChallenge }), state };
  }
}

function refuse(reply: FastifyReply, status: number, reason: string): FastifyReply {
  return html(reply).code(status).send(refusalPage(reason));
}
