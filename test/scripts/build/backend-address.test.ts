import { describe, expect, it } from 'vitest';
import { pointToBackend } from '../../../scripts/build/backend-address.js';
import { UserError } from '../../../scripts/cli/errors.js';

const script = (address: string): Buffer => Buffer.from(`  const backendAddress = '${address}';\n`);

function files(webhookUrl: unknown, code = script('{backend}')) {
  return new Map([
    ['manifest.json', Buffer.from(JSON.stringify({ dp: { webhook_url: webhookUrl } }))],
    ['script.js', code],
    ['settings.js', Buffer.from('')],
  ]);
}

const pointed = (given: ReturnType<typeof files>): string | undefined =>
  pointToBackend(given).get('script.js')?.toString();

describe('the backend of the settings', () => {
  it.each([
    ['https://messages.example.com/hooks/digital-pipeline/s3cret', 'https://messages.example.com'],
    ['http://127.0.0.1:4001/hooks/digital-pipeline/s3cret', 'http://127.0.0.1:4001'],
    ["https://messages.example.com/$&/'", 'https://messages.example.com'],
    ['javascript:alert(1)', ''],
    ['no address', ''],
    [undefined, ''],
    [7, ''],
  ])('is, with the webhook address %j, %j, without the secret', (webhookUrl, address) => {
    expect(pointed(files(webhookUrl))).toBe(script(address).toString());
  });

  it('follows a webhook address that changes after the build', () => {
    const first = pointToBackend(files('https://one.example.com/hooks/digital-pipeline/x'));
    const second = files('https://two.example.com/hooks/digital-pipeline/x', first.get('script.js'));
    expect(pointed(second)).toBe(script('https://two.example.com').toString());
  });

  it('has no place in a widget without the panel, and says when the script has lost it', () => {
    const other = new Map([['script.js', Buffer.from('')]]);
    expect(pointToBackend(other)).toBe(other);
    expect(() => pointToBackend(files('https://one.example.com/', Buffer.from('')))).toThrow(UserError);
  });
});
