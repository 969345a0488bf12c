import { expect, test } from 'vitest';
import { accountOrigin, platformOf } from '../../../src/backend/kommo-api/hosts.js';

const production = { localAccounts: [] };
const local = { localAccounts: ['http://127.0.0.1:4100'] };

test('takes the hosts of accounts on both platforms', () => {
  for (const host of ['demo.kommo.com', 'my-shop2.amocrm.ru', 'demo.amocrm.com', 'api-b.kommo.com']) {
    expect(accountOrigin(host, production)).toBe(`https://${host}`);
  }
  expect(accountOrigin('Demo.Kommo.COM', production)).toBe('https://demo.kommo.com');
});

test('takes no other host, however it is spelled', () => {
  const hosts = [
    '',
    'kommo.com',
    'www.kommo.com',
    'evil.com',
    'demo.kommo.com.evil.com',
    'demo.kommo.com:443',
    'demo.kommo.com:8443',
    'demo.kommo.com/',
    'demo.kommo.com/@evil.com',
    'demo.kommo.com#.evil.com',
    'demo.kommo.com?x',
    'demo.kommo.com\n',
    '\ndemo.kommo.com',
    'evil.com\ndemo.kommo.com',
    'evil.com/demo.kommo.com',
    'evil.com\\.kommo.com',
    'user@demo.kommo.com',
    'a.b.kommo.com',
    '.kommo.com',
    'demo.kommo.com.',
    'demo.evilkommo.com',
    'demokommo.com',
    'demo.\u212Aommo.com',
    'dėmo.kommo.com',
    'demo%2ekommo.com',
    'https://demo.kommo.com',
    '127.0.0.1:4100',
    'localhost:4100',
    `${'a'.repeat(300)}.kommo.com`,
  ];
  for (const host of hosts) expect(accountOrigin(host, production), host).toBeUndefined();
});

test('an account on this machine counts when the configuration has one, at any port', () => {
  expect(accountOrigin('127.0.0.1:4100', local)).toBe('http://127.0.0.1:4100');
  expect(accountOrigin('127.0.0.1:41305', local)).toBe('http://127.0.0.1:41305');
  expect(accountOrigin('demo.kommo.com', local)).toBe('https://demo.kommo.com');
  const others = [
    '127.0.0.1',
    '127.0.0.1:0',
    '127.0.0.1:70000',
    '127.0.0.1:80/x',
    'x@127.0.0.1:80',
    '127.0.0.2:80',
  ];
  for (const host of [...others, 'localhost:80', '0.0.0.0:80', '[::1]:80', '169.254.169.254:80']) {
    expect(accountOrigin(host, local), host).toBeUndefined();
  }
  // Only the loopback is this machine.
  expect(accountOrigin('10.0.0.1:80', { localAccounts: ['http://10.0.0.1:80'] })).toBeUndefined();
});

test('tells the platform of an account by its host', () => {
  expect(platformOf('https://demo.kommo.com')).toBe('kommo');
  expect(platformOf('https://demo.amocrm.com')).toBe('kommo');
  expect(platformOf('https://demo.amocrm.ru')).toBe('amocrm');
  expect(platformOf('http://127.0.0.1:4100')).toBeUndefined();
});
