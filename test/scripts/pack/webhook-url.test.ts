import { describe, expect, it } from 'vitest';
import { webhookUrl } from '../../../scripts/pack/webhook-url.js';

describe('webhookUrl', () => {
  it('takes the option before the environment', () => {
    const env = { WEBHOOK_URL: 'https://environment.example.com/' };
    expect(webhookUrl('https://option.example.com/', env)).toBe('https://option.example.com/');
    expect(webhookUrl(undefined, env)).toBe('https://environment.example.com/');
  });

  it('is nothing when nobody gave one, or an empty variable', () => {
    expect(webhookUrl(undefined, {})).toBeUndefined();
    expect(webhookUrl(undefined, { WEBHOOK_URL: '' })).toBeUndefined();
  });

  it('takes spaces and line ends around the address away', () => {
    expect(webhookUrl(undefined, { WEBHOOK_URL: ' https://hooks.example.com/x\n' })).toBe(
      'https://hooks.example.com/x',
    );
  });

  it.each([
    'https:foo.com',
    'https:///foo.com',
    'http://plain.example.com/',
    'ftp://example.com',
    'example.com/hook',
    '',
    ' ',
  ])('refuses "%s"', (value) => {
    expect(() => webhookUrl(value, {})).toThrow(/--webhook-url must be an https address/);
  });

  it('names the variable when the environment is at fault', () => {
    expect(() => webhookUrl(undefined, { WEBHOOK_URL: 'http://plain.example.com/' })).toThrow(
      /^WEBHOOK_URL must/,
    );
  });
});
