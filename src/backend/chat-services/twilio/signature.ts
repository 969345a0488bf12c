import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether a form came from Twilio: `X-Twilio-Signature` is the HMAC-SHA1 in base64, with the auth token as key, of the
 * address followed by every parameter's name and value, sorted by name
 * (twilio.com/docs/usage/security#validating-requests). Twilio writes the port of the address or leaves it out,
 * depending on the product, so both are good.
 */
export function isSignedByTwilio(
  signature: string | string[] | undefined,
  { url, form, authToken }: { url: string; form: URLSearchParams; authToken: string },
): boolean {
  if (typeof signature !== 'string') return false;
  const given = Buffer.from(signature);
  return spellings(url).some((spelling) => {
    const expected = Buffer.from(twilioSignature(spelling, form, authToken));
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

/** Signature of a form sent to exactly this address. */
export function twilioSignature(url: string, form: URLSearchParams, authToken: string): string {
  const names = [...new Set(form.keys())].sort();
  // A name that comes several times counts once with each different value.
  const parameters = names.flatMap((name) =>
    [...new Set(form.getAll(name))].sort().map((value) => `${name}${value}`),
  );
  return createHmac('sha1', authToken)
    .update(url + parameters.join(''), 'utf8')
    .digest('base64');
}

function spellings(url: string): readonly string[] {
  const { protocol, hostname, port, pathname, search } = new URL(url);
  const usual = protocol === 'https:' ? '443' : '80';
  const rest = `${pathname}${search}`;
  return [`${protocol}//${hostname}:${port || usual}${rest}`, `${protocol}//${hostname}${rest}`];
}
