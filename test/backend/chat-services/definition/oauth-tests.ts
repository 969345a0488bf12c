import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ConnectedAccount, OAuthMethod } from '../../../../src/backend/chat-services/definition.js';
import type { Scene } from './describe-definition.js';
import { brokenAnswers, expectConnectFailure } from './failures.js';
import type { DefinitionUnderTest, OAuthUnderTest } from './under-test.js';

/** Has to be registered with the app at the service. */
export const redirectUri = 'http://127.0.0.1:9/chat-services/any/callback';

/** The consent of a person, for services that have it. */
export function oauthTests({ secrets, has }: DefinitionUnderTest, scene: Scene): void {
  describe('connecting by OAuth', () => {
    let verifier: string;
    let state: string;

    beforeEach(() => {
      verifier = randomBytes(32).toString('base64url');
      state = randomUUID();
    });

    const method = (definition = scene.definition): OAuthMethod => {
      if (definition.oauth === undefined) throw new Error('The definition has no OAuth.');
      return definition.oauth;
    };
    const person = (): OAuthUnderTest => {
      if (scene.running.oauth === undefined) throw new Error('The service has no OAuth.');
      return scene.running.oauth;
    };
    const consentUrl = (): string =>
      method().consentUrl({
        state,
        codeChallenge: createHash('sha256').update(verifier).digest('base64url'),
        redirectUri,
      });
    const complete = (
      query: URLSearchParams,
      { oauth = method(), codeVerifier = verifier } = {},
    ): Promise<ConnectedAccount> =>
      oauth.complete({ code: query.get('code') ?? '', codeVerifier, redirectUri, query });

    test('asks on a page of the service, for our address, with state', () => {
      const { protocol, searchParams } = new URL(consentUrl());
      expect(protocol).toMatch(/^https?:$/);
      expect(searchParams.get('state')).toBe(state);
      expect(searchParams.get('redirect_uri')).toBe(redirectUri);
      expect(searchParams.get('code_challenge_method')).toBe(has.verifier === true ? 'S256' : null);
      expect(searchParams.get('code_challenge')).toBe(
        has.verifier === true ? createHash('sha256').update(verifier).digest('base64url') : null,
      );
      expect(consentUrl()).not.toContain(verifier);
    });

    test('ends with an account that works', async () => {
      const query = await person().agree(consentUrl());
      expect(query.get('state')).toBe(state);
      const { name, phone, credentials, key } = await complete(query);
      expect(key).not.toBe('');
      expect(await scene.definition.open(credentials).describe()).toEqual({ name, phone });
    });

    test('takes no code twice', async () => {
      const query = await person().agree(consentUrl());
      await complete(query);
      await expectConnectFailure(complete(query), 'expired', secrets);
    });

    test.each([
      ['a word', 'made-up'],
      ['one with a line end', 'a b\r\nc'],
      ['an emoji', '🙂'],
      ['a long one', 'x'.repeat(5000)],
    ])('takes no made-up code (%s)', async (_name, code) => {
      await expectConnectFailure(complete(new URLSearchParams({ code })), 'expired', secrets);
    });

    if (has.verifier === true) {
      test('takes no code of another attempt', async () => {
        const query = await person().agree(consentUrl());
        const codeVerifier = randomBytes(32).toString('base64url');
        await expectConnectFailure(complete(query, { codeVerifier }), 'expired', [...secrets, verifier]);
      });
    }

    test.each(Object.entries(brokenAnswers))('may work later when there is %s', async (_name, fault) => {
      const query = await person().agree(consentUrl());
      scene.proxy.meet(fault);
      await expectConnectFailure(complete(query), 'service_unavailable', [
        ...secrets,
        query.get('code') ?? '',
      ]);
    });

    test('does not wait for longer than it may', async () => {
      const query = await person().agree(consentUrl());
      const oauth = method(scene.running.definition({ url: scene.proxy.url, timeout: 200 }));
      scene.proxy.meet('hang');
      await expectConnectFailure(complete(query, { oauth }), 'service_unavailable', secrets);
    });
  });
}
