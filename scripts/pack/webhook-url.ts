import { UserError } from '../cli/errors.js';

/** Hosts on which nobody answers: reserved for examples by RFC 2606. */
export function isPlaceholder(address: unknown): boolean {
  if (typeof address !== 'string' || !URL.canParse(address)) return true;
  return /(^|\.)example(\.(com|net|org))?$/.test(new URL(address).hostname);
}

/**
 * The address that the platform calls for each event of the digital pipeline: the option, else the environment's
 * `WEBHOOK_URL`, else none. Throws a `UserError` unless it is https, which the platform demands
 * (`platform/widget.md §1.2`, `dp.webhook_url`).
 */
export function webhookUrl(option: string | undefined, env: NodeJS.ProcessEnv): string | undefined {
  const [name, value] =
    option === undefined ? ['WEBHOOK_URL', env['WEBHOOK_URL']] : ['--webhook-url', option];
  if (value === undefined || (option === undefined && value === '')) return undefined;
  const address = value.trim();
  const url = /^https:\/\/[^/\s]/i.test(address) && URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined) {
    throw new UserError(`${name} must be an https address; it is "${value}".`, {
      nextStep: 'Example: --webhook-url https://messages.your-company.com/hooks/digital-pipeline/<secret>',
    });
  }
  return url.href;
}
