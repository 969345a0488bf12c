import type { FastifyInstance } from 'fastify';
import type { AccountContext } from '../account/context.js';
import { createAccessTokenSigner, expireAccessTokens } from '../account/oauth/access-token.js';
import { issueLongLivedToken } from '../account/oauth/grants.js';
import {
  changeIntegration,
  regenerateSecret,
  retirePreviousSecret,
  type IntegrationChanges,
} from '../account/oauth/integrations.js';
import { OAuthProblem } from '../account/oauth/problem.js';
import type { Integration } from '../account/state.js';
import { flagOf, inputOf, refuse, textOf, wholeOf, type Input } from './input.js';
import { Refusal } from './room.js';
import type { ChangeTeller } from './changes.js';

interface ByUuid {
  Params: { uuid: string };
}

/**
 * What an integration's page in Settings → Integrations does for its developer (`platform/server.md §1.9`), and
 * `POST /sandbox/tokens/expire`, which lets the access tokens of all of them run out.
 */
export function integrations(
  room: FastifyInstance,
  context: AccountContext,
  { changed }: ChangeTeller,
): void {
  const signer = createAccessTokenSigner();
  const find = (uuid: string): Integration => {
    const integration = context.account.integrations.get(uuid);
    if (integration === undefined) throw new Refusal(404, `There is no integration ${uuid}.`);
    return integration;
  };
  const tell = (): void => {
    changed({ event: 'integration_changed', type: null, id: null });
  };

  room.post('/sandbox/tokens/expire', (_request, reply) => {
    for (const uuid of context.account.integrations.keys()) expireAccessTokens(context, uuid);
    return reply.code(204).send();
  });
  room.get('/sandbox/integrations', (_request, reply) =>
    reply.send([...context.account.integrations.values()]),
  );
  room.patch<ByUuid>('/sandbox/integrations/:uuid', ({ params, body }, reply) => {
    const integration = find(params.uuid);
    const problems = changeIntegration(integration, readChanges(inputOf(body)));
    if (problems.length > 0) throw new Refusal(400, problems.join(' '), { problems });
    tell();
    return reply.send(integration);
  });
  room.post<ByUuid>('/sandbox/integrations/:uuid/secret', ({ params, body }, reply) => {
    const integration = find(params.uuid);
    const input = body == null ? {} : inputOf(body);
    const keepPrevious = input['keep_previous'] !== undefined && flagOf(input, 'keep_previous');
    regenerateSecret(context, integration, { keepPrevious });
    tell();
    return reply.send(integration);
  });
  room.delete<ByUuid>('/sandbox/integrations/:uuid/previous-secret', ({ params }, reply) => {
    retirePreviousSecret(find(params.uuid));
    tell();
    return reply.code(204).send();
  });
  room.post<ByUuid>('/sandbox/integrations/:uuid/long-lived-token', async ({ params, body }, reply) => {
    const integration = find(params.uuid);
    const days = wholeOf(inputOf(body), 'days', { least: 1 });
    try {
      const userId = context.currentUserId();
      const token = await issueLongLivedToken(context, signer, integration, { userId, days });
      return await reply.code(201).send({ token });
    } catch (error) {
      if (error instanceof OAuthProblem) throw new Refusal(400, error.message);
      throw error;
    }
  });
}

function readChanges(input: Input): IntegrationChanges {
  const { access_disabled_uri: disabledUri, scopes } = input;
  return {
    ...(input['name'] !== undefined && { name: textOf(input, 'name') }),
    ...(input['redirect_uri'] !== undefined && { redirect_uri: textOf(input, 'redirect_uri') }),
    ...(disabledUri !== undefined && {
      access_disabled_uri: disabledUri === null ? null : textOf(input, 'access_disabled_uri'),
    }),
    ...(scopes !== undefined && { scopes: readScopes(scopes) }),
  };
}

function readScopes(value: unknown): string[] {
  const isTexts = Array.isArray(value) && value.every((one) => typeof one === 'string');
  return isTexts ? value : refuse('scopes', 'a list of texts', value);
}
