import { describe, expect, it } from 'vitest';
import { pointToBackend } from '../../../scripts/build/backend-address.js';
import { UserError } from '../../../scripts/cli/errors.js';

const panel = (address: string): Buffer => Buffer.from(`  const backendAddress = '${address}';\n`);

function files(webhookUrl: unknown, code = panel('{backend}')) {
  return new Map([
    ['manifest.json', Buffer.from(JSON.stringify({ dp: { webhook_url: webhookUrl } }))],
    ['settings.js', code],
  ]);
}

const pointed = (given: ReturnType<typeof files>): string | undefined =>
  pointToBackend(given).get('settings.js')?.toString();

describe('the backend of the settings panel', () => {
  it.each([
    ['https://messages.example.com/hooks/digital-pipeline/s3cret', 'https://messages.example.com'],
    ['http://127.0.0.1:4001/hooks/digital-pipeline/s3cret', 'http://127.0.0.1:4001'],
    ["https://messages.example.com/$&/'", 'https://messages.example.com'],
    ['javascript:alert(1)', ''],
    ['no address', ''],
    [undefined, ''],
    [7, ''],
  ])('is, with the webhook address %j, %j, without the secret', (webhookUrl, address) => {
    expect(pointed(files(webhookUrl))).toBe(panel(address).toString());
  });

  it('follows a webhook address that changes after the build', () => {
    const first = pointToBackend(files('https://one.example.com/hooks/digital-pipeline/x'));
    const second = files('https://two.example.com/hooks/digital-pipeline/x', first.get('settings.js'));
    expect(pointed(second)).toBe(panel('https://two.example.com').toString());
  });

  it('has no place in a widget without the panel, and says when the panel has lost it', () => {
    const other = new Map([['script.js', Buffer.from('')]]);
    expect(pointToBackend(other)).toBe(other);
    expect(() => pointToBackend(files('https://one.example.com/', Buffer.from('')))).toThrow(UserError);
  });
});
