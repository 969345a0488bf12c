import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Config, type Environment, readConfig } from '../../../src/backend/config.js';
import { variables } from '../../../src/backend/configuration/variables.js';

const key = Buffer.alloc(32, 7);
const hookSecret = 'h'.repeat(24);
const least: Environment = {
  PUBLIC_URL: 'https://messages.example.com',
  ENCRYPTION_KEY: key.toString('base64'),
  HOOK_SECRET: hookSecret,
  KOMMO_CLIENT_ID: '0a1b2c3d-4e5f-6789-abcd-ef0123456789',
  KOMMO_CLIENT_SECRET: 'first-secret-of-kommo',
};
const twilio: Environment = {
  CHAT_SERVICE: 'twilio',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'token-of-the-account',
};

function read(more: Environment = {}): Config {
  const result = readConfig({ ...least, ...more });
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.config;
}

/** Names of the faults, sorted. */
function faulty(more: Environment): string[] {
  const result = readConfig({ ...least, ...more });
  return result.ok ? [] : result.faults.map(({ name }) => name).sort();
}

function messageOf(name: string, more: Environment): string {
  const result = readConfig({ ...least, ...more });
  return (!result.ok && result.faults.find((fault) => fault.name === name)?.message) || '';
}

describe('reading the configuration', () => {
  it('needs five values and has a default for the rest', () => {
    expect(read()).toEqual({
      publicUrl: 'https://messages.example.com',
      host: '127.0.0.1',
      port: 3000,
      databaseUrl: undefined,
      dataDir: './data',
      sealingKeys: [{ id: createHash('sha256').update(key).digest('hex').slice(0, 8), key }],
      hookSecrets: [hookSecret],
      clients: [
        {
          platform: 'kommo',
          id: '0a1b2c3d-4e5f-6789-abcd-ef0123456789',
          secrets: ['first-secret-of-kommo'],
        },
      ],
      longLived: undefined,
      localAccounts: [],
      chatService: undefined,
      apiRequestsPerSecond: 7,
      connectable: [],
      chatsChannels: [],
      oneTimeTokens: 'once',
      repeatMinutes: 10,
      attempts: 10,
      retrySeconds: 5,
      concurrency: 64,
      leaseSeconds: 30,
      retentionDays: 90,
      shutdownSeconds: 10,
      logLevel: 'info',
      noteLanguage: undefined,
    } satisfies Config);
  });

  it('names every fault at once', () => {
    const result = readConfig({ PORT: 'many', LOG_LEVEL: 'loud', CHAT_SERVICE: 'demo' });
    expect(result.ok ? [] : result.faults.map(({ name }) => name).sort()).toEqual([
      'DEMO_API_KEY',
      'DEMO_URL',
      'ENCRYPTION_KEY',
      'HOOK_SECRET',
      'KOMMO_CLIENT_ID',
      'LOG_LEVEL',
      'PORT',
      'PUBLIC_URL',
    ]);
  });

  it('says what was expected and what came', () => {
    expect(messageOf('PORT', { PORT: '70000' })).toBe('Expected a port number from 0 to 65535; got "70000".');
    expect(messageOf('PUBLIC_URL', { PUBLIC_URL: '' })).toContain('it is not set. Where Kommo');
  });

  it('takes an empty value for none, and no notice of spaces around one', () => {
    expect(read({ PORT: '', HOST: ' 0.0.0.0 ' })).toMatchObject({ port: 3000, host: '0.0.0.0' });
  });

  it.each([
    ['https://a.example.com', 'https://a.example.com'],
    ['https://a.example.com/', 'https://a.example.com'],
    ['https://a.example.com:8443', 'https://a.example.com:8443'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
  ])('takes the public address %s', (given, origin) => {
    expect(read({ PUBLIC_URL: given }).publicUrl).toBe(origin);
  });

  it.each([
    'http://a.example.com',
    'https://a.example.com/path',
    'https://a.example.com/?a=1',
    'https://user:word@a.example.com',
    'a.example.com',
    'ftp://localhost',
    'http://localhost.example.com',
  ])('refuses the public address %s', (given) => {
    expect(faulty({ PUBLIC_URL: given })).toEqual(['PUBLIC_URL']);
  });

  it('reads a key as base64 of either alphabet and as hex', () => {
    for (const encoding of ['base64', 'base64url', 'hex'] as const) {
      const bytes = randomBytes(32);
      expect(read({ ENCRYPTION_KEY: bytes.toString(encoding) }).sealingKeys[0].key).toEqual(bytes);
    }
    for (const length of [0, 16, 31, 33, 64]) {
      expect(faulty({ ENCRYPTION_KEY: Buffer.alloc(length, 1).toString('base64') })).toEqual([
        'ENCRYPTION_KEY',
      ]);
    }
  });

  it('puts the secrets before behind the present ones', () => {
    const previous = Buffer.alloc(32, 8);
    const config = read({
      ENCRYPTION_KEY_PREVIOUS: previous.toString('hex'),
      HOOK_SECRET_PREVIOUS: 'p'.repeat(24),
      KOMMO_CLIENT_SECRET_PREVIOUS: 'secret-before-that-one',
    });
    expect(config.sealingKeys.map((one) => one.key)).toEqual([key, previous]);
    expect(config.hookSecrets).toEqual([hookSecret, 'p'.repeat(24)]);
    expect(config.clients[0]?.secrets).toEqual(['first-secret-of-kommo', 'secret-before-that-one']);
  });

  it('reads a pair for each platform', () => {
    const pair = { AMOCRM_CLIENT_ID: 'ffffffff-0000', AMOCRM_CLIENT_SECRET: 'secret-of-the-other' };
    expect(read(pair).clients.map(({ platform, id }) => [platform, id])).toEqual([
      ['kommo', '0a1b2c3d-4e5f-6789-abcd-ef0123456789'],
      ['amocrm', 'ffffffff-0000'],
    ]);
    expect(faulty({ AMOCRM_CLIENT_ID: 'ffffffff-0000' })).toEqual(['AMOCRM_CLIENT_SECRET']);
    expect(faulty({ AMOCRM_CLIENT_SECRET: 'secret-of-the-other' })).toEqual(['AMOCRM_CLIENT_ID']);
    expect(faulty({ AMOCRM_CLIENT_SECRET_PREVIOUS: 'secret-of-the-other' })).toEqual([
      'AMOCRM_CLIENT_ID',
      'AMOCRM_CLIENT_SECRET',
    ]);
  });

  it('needs no pair where there is a long-lived token', () => {
    const none = { KOMMO_CLIENT_ID: '', KOMMO_CLIENT_SECRET: '' };
    const token = 'aaa.bbb.ccc';
    const config = read({ ...none, KOMMO_LONG_LIVED_TOKEN: token, KOMMO_ACCOUNT: 'demo.kommo.com' });
    expect(config.clients).toEqual([]);
    expect(config.longLived).toEqual({ origin: 'https://demo.kommo.com', token });
    expect(faulty(none)).toEqual(['KOMMO_CLIENT_ID']);
    expect(faulty({ ...none, KOMMO_LONG_LIVED_TOKEN: token })).toEqual(['KOMMO_ACCOUNT']);
    expect(faulty({ KOMMO_ACCOUNT: 'demo.kommo.com' })).toEqual(['KOMMO_LONG_LIVED_TOKEN']);
  });

  it.each(['https://demo.kommo.com/leads/', 'demo.amocrm.ru', 'DEMO.kommo.com'])(
    'takes the account %s',
    (account) => {
      expect(read({ KOMMO_LONG_LIVED_TOKEN: 'a.b.c', KOMMO_ACCOUNT: account }).longLived?.origin).toMatch(
        /^https:\/\/demo\.(kommo\.com|amocrm\.ru)$/,
      );
    },
  );

  it.each([
    'www.kommo.com',
    'kommo.com',
    'demo.kommo.com.example.com',
    'demo.example.com',
    'http://demo.kommo.com',
    'demo.kommo.com:8443',
    'http://localhost:4000',
  ])('refuses the account %s, which would be sent the token', (account) => {
    expect(faulty({ KOMMO_LONG_LIVED_TOKEN: 'a.b.c', KOMMO_ACCOUNT: account })).toEqual(['KOMMO_ACCOUNT']);
  });

  it('takes an account on this machine that is named as one', () => {
    const local = { LOCAL_ACCOUNTS: 'http://localhost:4000, http://127.0.0.1:4001' };
    expect(read(local).localAccounts).toEqual(['http://localhost:4000', 'http://127.0.0.1:4001']);
    const account = { KOMMO_LONG_LIVED_TOKEN: 'a.b.c', KOMMO_ACCOUNT: 'http://localhost:4000' };
    expect(read({ ...local, ...account }).longLived?.origin).toBe('http://localhost:4000');
    expect(faulty({ LOCAL_ACCOUNTS: 'http://example.com' })).toEqual(['LOCAL_ACCOUNTS']);
  });

  it('reads the demo service', () => {
    const demo = { CHAT_SERVICE: 'demo', DEMO_URL: 'http://localhost:4000/demo/', DEMO_API_KEY: 'k' };
    expect(read(demo).chatService).toEqual({ name: 'demo', url: 'http://localhost:4000/demo', apiKey: 'k' });
  });

  it('reads Twilio with a number or with a messaging service, not with both', () => {
    const from = { TWILIO_FROM: '+15550100' };
    const service = { TWILIO_MESSAGING_SERVICE_SID: `MG${'a'.repeat(32)}` };
    expect(read({ ...twilio, ...from }).chatService).toEqual({
      name: 'twilio',
      accountSid: twilio['TWILIO_ACCOUNT_SID'],
      authToken: 'token-of-the-account',
      sender: { from: '+15550100' },
      apiUrl: 'https://api.twilio.com',
    });
    expect(read({ ...twilio, ...service }).chatService).toMatchObject({
      sender: { messagingServiceSid: `MG${'a'.repeat(32)}` },
    });
    expect(faulty({ ...twilio, ...from, ...service })).toEqual(['TWILIO_FROM']);
    expect(faulty(twilio)).toEqual(['TWILIO_FROM']);
    expect(faulty({ ...twilio, TWILIO_MESSAGING_SERVICE_SID: 'MG1' })).toEqual([
      'TWILIO_MESSAGING_SERVICE_SID',
    ]);
  });

  it('lifts the limit of calls for 0', () => {
    expect(read({ API_REQUESTS_PER_SECOND: '0' }).apiRequestsPerSecond).toBe(Number.POSITIVE_INFINITY);
    expect(read({ API_REQUESTS_PER_SECOND: '2.5' }).apiRequestsPerSecond).toBe(2.5);
  });

  it.each(['-1', '1e3', '0x10', 'NaN', 'Infinity', '1.5', '9'.repeat(400)])(
    'refuses %s attempts',
    (attempts) => {
      expect(faulty({ ATTEMPTS: attempts })).toEqual(['ATTEMPTS']);
    },
  );

  it('shows no secret in a fault, whatever it is', () => {
    const secrets = Object.entries(variables).flatMap(([name, variable]) =>
      'secret' in variable ? [name] : [],
    );
    expect(secrets).toContain('DATABASE_URL');
    const text = fc
      .string({ minLength: 6, maxLength: 60, unit: 'grapheme' })
      .filter((one) => one.trim().length > 5);
    fc.assert(
      fc.property(fc.constantFrom(...secrets), text, (name, value) => {
        const result = readConfig({ ...least, [name]: value });
        if (!result.ok) expect(JSON.stringify(result.faults)).not.toContain(value.trim());
      }),
    );
  });

  it('shows neither the password in an address nor what would steer a terminal', () => {
    expect(messageOf('PUBLIC_URL', { PUBLIC_URL: 'https://a:pass-word@b.example.com' })).not.toContain(
      'pass-word',
    );
    expect(messageOf('PORT', { PORT: '\u001b[31m1' })).toContain('"�[31m1"');
  });

  it('reads any environment without throwing', () => {
    const name = fc.oneof(fc.constantFrom(...Object.keys(variables)), fc.string());
    fc.assert(
      fc.property(fc.dictionary(name, fc.option(fc.string(), { nil: undefined })), (environment) => {
        readConfig(environment);
      }),
    );
  });

  it('points at names that look misspelt', () => {
    const { hints } = readConfig({ ...least, KOMO_ACCOUNT: 'x', TWILIO_SID: 'x', PATH: '/bin', POST: '1' });
    expect(hints).toEqual([
      { name: 'KOMO_ACCOUNT', message: 'It is not read. Did you mean KOMMO_ACCOUNT?' },
      { name: 'TWILIO_SID', message: 'It is not read; .env.example lists what is.' },
    ]);
  });
});
