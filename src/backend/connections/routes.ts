import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import {
  attemptRequest,
  type ConnectionState,
  fieldsRequest,
  settingsRequest,
} from '../../contract/connections-api.js';
import { authenticate, type Caller } from '../auth/authenticate.js';
import type { ChatServiceDefinition } from '../chat-services/definition.js';
import type { Context } from '../context.js';
import type { KommoApis } from '../kommo-api/kommo-api.js';
import { Refusal } from '../refusal.js';
import type { Administrators } from './administrators.js';
import type { Connecting } from './connecting.js';
import type { Opening } from './opening.js';
import { pipelinesToShow } from './pipelines.js';
import { removeChannel } from './removing.js';
import { saveSettings } from './settings.js';
import { connectionState } from './state.js';

export interface ConnectionRoutesOptions {
  readonly apis: KommoApis;
  readonly definitions: ReadonlyMap<string, ChatServiceDefinition>;
  readonly administrators: Administrators;
  readonly connecting: Connecting;
  readonly opening: Opening;
  /** After the settings were saved or a channel was removed. What it throws is only logged. */
  readonly onSaved: (installationId: string) => unknown;
  /** Milliseconds that a service has to say who is connected, before settings are saved. */
  readonly patience?: number | undefined;
}

/** Bytes of a body: fifty channels have some five thousand. */
const bodyLimit = 64 * 1024;

interface ById {
  Params: { id: string };
}

/**
 * What the widget calls, see `src/contract/connections-api.ts`: for users of the account of the one-time token, from
 * its pages. All but the first is for administrators. The scope around is that of `accountRoutes`.
 */
export function connectionRoutes(
  app: FastifyInstance,
  context: Context,
  { apis, definitions, administrators, connecting, opening, onSaved, patience }: ConnectionRoutesOptions,
): void {
  const { store, log } = context;

  const administrator = async (request: FastifyRequest): Promise<Caller> => {
    const caller = await authenticate(request, context);
    await administrators.demand(caller);
    return caller;
  };
  const stateFor = async (installationId: string, canChange: boolean): Promise<ConnectionState> =>
    connectionState(store.db, installationId, {
      definitions,
      canChange,
      pipelines: await pipelinesToShow(apis, installationId),
    });
  const changed = async (installationId: string): Promise<ConnectionState> => {
    try {
      await onSaved(installationId);
    } catch (error) {
      log.error({ err: error, installation: installationId }, 'What follows a change of connections failed');
    }
    return stateFor(installationId, true);
  };

  void app.register((scope, _options, ready) => {
    readEmptyBodies(scope);
    scope.addHook('onRequest', (_request, reply, done) => {
      void reply.header('Cache-Control', 'no-store');
      done();
    });
    // HEAD would ask the account and the services as well.
    const options = { bodyLimit, exposeHeadRoute: false };

    scope.get('/connections', options, async (request) => {
      const caller = await authenticate(request, context);
      const isAdmin = await administrators.isAdmin(caller);
      // When the account does not tell, the change itself is refused.
      return stateFor(caller.installation.id, isAdmin ?? true);
    });

    scope.post('/connections/attempts', options, async (request) => {
      const caller = await administrator(request);
      return connecting.begin(caller, parse(attemptRequest, request.body));
    });

    scope.get<ById>('/connections/attempts/:id', options, async (request) =>
      connecting.look(await administrator(request), request.params.id),
    );

    scope.post<ById>('/connections/attempts/:id/fields', options, async (request) => {
      const caller = await administrator(request);
      return connecting.fill(caller, request.params.id, parse(fieldsRequest, request.body).fields);
    });

    scope.delete<ById>('/connections/attempts/:id', options, async (request, reply) => {
      await connecting.giveUp(await administrator(request), request.params.id);
      return reply.code(204).send();
    });

    scope.put('/connections/settings', options, async (request) => {
      const caller = await administrator(request);
      const settings = parse(settingsRequest, request.body);
      await saveSettings(context, caller, settings, { apis, opening, connecting, patience });
      return changed(caller.installation.id);
    });

    scope.delete<ById>('/connections/channels/:id', options, async (request) => {
      const caller = await administrator(request);
      await removeChannel(context, caller, request.params.id);
      return changed(caller.installation.id);
    });
    ready();
  });
}

/** A DELETE may say that it is JSON and have no body. */
function readEmptyBodies(scope: FastifyInstance): void {
  const parse = scope.getDefaultJsonParser('error', 'error');
  scope.removeContentTypeParser('application/json');
  scope.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body: string, done) => {
    if (body === '') done(null, undefined);
    else void parse(request, body, done);
  });
}

/** @throws Refusal 400 `bad_request`, naming everything that is wrong. */
function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  );
  throw new Refusal(400, 'bad_request', faults.slice(0, 5).join('; '));
}
