import type { ConnectableConfig } from '../../config.js';
import type { ServiceOptions } from '../ask.js';
import { ChatServiceError } from '../chat-service.js';
import type { ChatServiceDefinition, ConnectedService, Credentials } from '../definition.js';
import { readAccount } from './account.js';
import { callsTo } from './calls.js';
import { readDemoHook } from './hook.js';
import { demoService } from './service.js';
import { demoApiKey, demoOAuth, demoQr } from './sign-in.js';

/** The sandbox's own chat service, which can be connected in all three ways. */
export function demoDefinition(
  config: Extract<ConnectableConfig, { name: 'demo' }>,
  options: ServiceOptions,
): ChatServiceDefinition {
  const call = callsTo(config.url, options);
  return {
    name: 'demo',
    title: 'Demo chat',
    oauth: demoOAuth(config, call),
    qr: demoQr(config, call),
    apiKey: demoApiKey(call),
    open: (credentials) => open(config.url, credentials, options),
  };
}

function open(url: string, credentials: Credentials, options: ServiceOptions): ConnectedService {
  const { token = '' } = credentials;
  const call = callsTo(url, options);
  const authorization = `Bearer ${token}`;
  return {
    ...demoService({ url, apiKey: token }, options),

    async describe(signal) {
      const answer = await call({ method: 'GET', path: '/account', authorization, signal });
      const { name, phone } = readAccount(answer.json, answer);
      return { name, phone };
    },

    async listen(hookUrl) {
      await call({ method: 'PUT', path: '/webhook', authorization, body: { url: hookUrl } });
    },

    async disconnect() {
      try {
        // Its webhook goes with it.
        await call({ method: 'DELETE', path: '/token', authorization });
      } catch (error) {
        const isGone = error instanceof ChatServiceError && error.kind === 'not_connected';
        if (!isGone) throw error;
      }
    },

    readHook: (report) => readDemoHook(report, token),
  };
}
