import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ChatServiceDefinition } from '../../../../src/backend/chat-services/definition.js';
import { startFaultyProxy, type FaultyProxy } from '../../../support/faulty-proxy.js';
import { listen, type Listener } from '../listener.js';
import { accountTests } from './account-tests.js';
import { apiKeyTests } from './api-key-tests.js';
import { hookTests } from './hook-tests.js';
import { oauthTests } from './oauth-tests.js';
import { qrTests } from './qr-tests.js';
import type { DefinitionUnderTest, RunningDefinition } from './under-test.js';

/** What the tests of a part work with; read it within a test. */
export interface Scene {
  readonly running: RunningDefinition;
  /** Between us and the service. */
  readonly proxy: FaultyProxy;
  /** Asks the service through the proxy. */
  readonly definition: ChatServiceDefinition;
  readonly listener: Listener;
}

/** What every chat service that accounts connect must do, whatever is behind it. */
export function describeDefinition(under: DefinitionUnderTest): void {
  describe(`${under.title} as a service to connect`, () => {
    const scene = {} as { -readonly [Name in keyof Scene]: Scene[Name] };

    beforeAll(async () => {
      scene.listener = await listen();
      scene.running = await under.start({ appHookUrl: `${scene.listener.origin}/app-hook` });
    });

    afterAll(async () => {
      await scene.running.close();
      await scene.listener.close();
    });

    beforeEach(async () => {
      scene.proxy = await startFaultyProxy(scene.running.url);
      scene.definition = scene.running.definition({ url: scene.proxy.url });
    });

    afterEach(() => scene.proxy.close());

    test('has a name, a title and at least one way to be connected', () => {
      const { name, title, oauth, qr, apiKey } = scene.definition;
      expect(name).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(title.trim()).not.toBe('');
      const ways = [oauth, qr, apiKey].map((way) => way !== undefined);
      expect(ways).toContain(true);
      expect(ways).toEqual([under.has.oauth, under.has.qr, under.has.apiKey]);
    });

    accountTests(under, scene);
    hookTests(under, scene);
    if (under.has.oauth) oauthTests(under, scene);
    if (under.has.qr) qrTests(under, scene);
    if (under.has.apiKey) apiKeyTests(under, scene);
  });
}
