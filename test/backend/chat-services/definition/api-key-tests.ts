import { describe, expect, test } from 'vitest';
import type { ApiKeyMethod, ConnectedAccount } from '../../../../src/backend/chat-services/definition.js';
import type { Scene } from './describe-definition.js';
import { brokenAnswers, expectConnectFailure } from './failures.js';
import type { ApiKeyUnderTest, DefinitionUnderTest } from './under-test.js';

type Values = Readonly<Record<string, string>>;

/** Access data that a person types in, for services that have it. */
export function apiKeyTests({ secrets }: DefinitionUnderTest, scene: Scene): void {
  describe('connecting by API key', () => {
    const method = (definition = scene.definition): ApiKeyMethod => {
      if (definition.apiKey === undefined) throw new Error('The definition has no API key.');
      return definition.apiKey;
    };
    const under = (): ApiKeyUnderTest => {
      if (scene.running.apiKey === undefined) throw new Error('The service has no API key.');
      return scene.running.apiKey;
    };
    const complete = (values: Values, key = method()): Promise<ConnectedAccount> => key.complete(values);
    const fails = (values: Values, problem: 'wrong_credentials' | 'service_unavailable'): Promise<void> =>
      expectConnectFailure(complete(values), problem, [...secrets, ...secretValues(values)]);
    const secretValues = (values: Values): string[] =>
      method().fields.flatMap(({ name, is_secret }) => (is_secret ? [values[name] ?? ''] : []));

    test('asks for fields with names of their own, one of them masked', () => {
      const { fields } = method();
      expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
      expect(fields.some(({ is_secret }) => is_secret)).toBe(true);
      expect(fields.filter((field) => field.is_secret && field.example !== null)).toEqual([]);
      expect(
        Object.keys(under().values).filter((name) => !fields.some((field) => field.name === name)),
      ).toEqual([]);
    });

    test('ends with an account that works', async () => {
      const { name, phone, credentials, key } = await complete(under().values);
      expect(key).not.toBe('');
      expect(await scene.definition.open(credentials).describe()).toEqual({ name, phone });
    });

    test('tells what is wrong', async () => {
      for (const { values, problem } of Object.values(under().wrong)) {
        await expectConnectFailure(complete(values), problem, [...secrets, ...secretValues(values)]);
      }
    });

    test.each([
      ['two words', 'two words'],
      ['a line end', 'line\r\nX-Other: 1'],
      ['a tab', 'tab\tand more'],
      ['emoji', '🙂🙂🙂'],
      ['a path', '../..'],
      ['2,000 characters', 'x'.repeat(2000)],
      ['a zero byte', '\0'],
    ])('takes no secret that cannot be one (%s)', async (_name, value) => {
      const masked = method().fields.filter(({ is_secret }) => is_secret);
      for (const { name } of masked) await fails({ ...under().values, [name]: value }, 'wrong_credentials');
    });

    test.each(['two words', 'line\r\nX-Other: 1', '🙂🙂🙂', '../../other', 'a?b=c#d', '%00'])(
      'takes no id that cannot be one (%j)',
      async (value) => {
        const ids = method().fields.filter(({ label }) => label === 'account_id');
        for (const { name } of ids) await fails({ ...under().values, [name]: value }, 'wrong_credentials');
      },
    );

    test.each(Object.entries(brokenAnswers))('may work later when there is %s', async (_name, fault) => {
      scene.proxy.meet(fault);
      await fails(under().values, 'service_unavailable');
    });

    test('tells a refusal without words for one', async () => {
      scene.proxy.meet({ answer: { status: 401, body: '<h1>Who are you?</h1>' } });
      await fails(under().values, 'wrong_credentials');
    });

    test('does not wait for longer than it may', async () => {
      const impatient = method(scene.running.definition({ url: scene.proxy.url, timeout: 200 }));
      scene.proxy.meet('hang');
      await expectConnectFailure(complete(under().values, impatient), 'service_unavailable', secrets);
    });
  });
}
