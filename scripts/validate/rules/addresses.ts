import type { JsonDocument } from '../json-document.js';
import { isDevelopmentHost } from '../known-hosts.js';
import type { Problem, Rule } from '../rule.js';
import { quote } from '../words.js';
import { onManifest } from './manifest.js';

/** Addresses that the platform or a user opens, and whether they must be encrypted. */
const addresses: readonly { path: string[]; https: boolean }[] = [
  { path: ['dp', 'webhook_url'], https: true },
  { path: ['sms', 'endpoint'], https: true },
  { path: ['mobile', 'frame_url'], https: true },
  { path: ['widget', 'support', 'link'], https: false },
];

/** The addresses in the manifest: `platform/widget.md §1.9 M8`. */
export const addressRules: readonly Rule[] = [
  {
    code: 'manifest/not-an-address',
    severity: 'error',
    title: 'Addresses to which the platform sends data can be opened.',
    help: 'The platform opens this address as it stands. Write it whole, with https:// and without spaces or line ends.',
    source: 'platform/widget.md §1.2, §1.9 M8',
    check: eachAddress((text, https) => (https ? notAnAddress(text, 'https://…') : null)),
  },
  {
    code: 'manifest/support-not-an-address',
    severity: 'warning',
    title: 'The page of the support can be opened.',
    help: 'Users open this address as it stands. Write it whole, with https:// and without spaces or line ends.',
    source: 'platform/widget.md §1.2',
    check: eachAddress((text, https) => (https ? null : notAnAddress(text, 'https://… or http://…'))),
  },
  {
    code: 'manifest/not-https',
    severity: 'error',
    title: 'Addresses to which the platform sends data are encrypted.',
    help: 'The platform posts data of the account to this address and does so only over TLS. Serve it over https; for tests take a tunnel with https.',
    source: 'platform/widget.md §1.9 M8',
    check: eachAddress((text, https) =>
      https && parse(text)?.protocol === 'http:'
        ? {
            message: 'The platform sends data to this address: it must be https.',
            expected: 'https://…',
            found: quote(text),
          }
        : null,
    ),
  },
  {
    code: 'manifest/support-not-https',
    severity: 'notice',
    title: 'The page of the support is encrypted.',
    help: 'Browsers warn of pages without TLS. Nothing in the platform demands it of a support page, but your users do: give its address with https://.',
    source: 'inferred from platform/widget.md §1.9 M8',
    check: eachAddress((text, https) =>
      !https && parse(text)?.protocol === 'http:'
        ? {
            message: 'The support page is opened without encryption.',
            expected: 'https://…',
            found: quote(text),
          }
        : null,
    ),
  },
  {
    code: 'manifest/placeholder-url',
    severity: { private: 'warning', public: 'error' },
    title: 'Addresses in the manifest lead somewhere.',
    help: 'This host exists for examples and tests, on your own machine, or as a tunnel to it for a while, so nobody answers there. Put in the address that users of the widget are to reach.',
    source:
      'RFC 2606 and RFC 6761: hosts that exist for examples and tests; platform/widget.md §13 for tunnels',
    check: eachAddress((text) => {
      const url = parse(text);
      if (url === null || !isPlaceholder(url.hostname)) return null;
      return {
        message: `Nobody answers at ${quote(url.hostname)}. Put in your own address before you upload.`,
        expected: 'an address of your own',
        found: quote(text),
      };
    }),
  },
];

type Judgement = Pick<Problem, 'message' | 'expected' | 'found'>;

function notAnAddress(text: string, expected: string): Judgement | null {
  const url = parse(text);
  if (text === '' || (url !== null && /^https?:$/.test(url.protocol))) return null;
  return { message: `${quote(text)} is not an address that can be opened.`, expected, found: quote(text) };
}

function eachAddress(judge: (text: string, https: boolean) => Judgement | null): Rule['check'] {
  return onManifest((manifest: JsonDocument) =>
    addresses.flatMap(({ path, https }): Problem[] => {
      const text = manifest.get(path);
      const problem = typeof text === 'string' ? judge(text, https) : null;
      return problem === null ? [] : [{ ...problem, ...manifest.spot(path) }];
    }),
  );
}

/**
 * `URL` is forgiving where the platform need not be: it takes out line ends, spaces at the ends and the slashes
 * that are missing or too many. So the form is looked at first.
 */
function parse(text: string): URL | null {
  if (!/^[a-z][a-z\d+.-]*:\/\/[^\s/\\][^\s\\]*$/i.test(text) || !URL.canParse(text)) return null;
  return new URL(text);
}

function isPlaceholder(host: string): boolean {
  return (
    isDevelopmentHost(host) ||
    /(?:^|[.-])(?:your|my)-?(?:domain|server|site|host|company|backend)\b/.test(host)
  );
}
