import type { Config, Platform } from '../config.js';

/** Hosts of accounts and of what belongs to them, such as `api-b.kommo.com` (`platform/server.md §1.7`). */
const platformHost = /^[a-z0-9-]+\.(kommo\.com|amocrm\.ru|amocrm\.com)$/;

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * The origin of the account at this host, or undefined when the host is none that may be given a secret: the host in
 * `referer` comes from whoever made the request (`platform/server.md §1.1`).
 *
 * An account on this machine, the sandbox, counts when `localAccounts` names one with the same host name. Its port is
 * free: the sandbox has a new one after it was renamed.
 *
 * @param host Without a scheme, as `demo.kommo.com` or `127.0.0.1:4100`.
 */
export function accountOrigin(
  host: string,
  { localAccounts }: Pick<Config, 'localAccounts'>,
): string | undefined {
  if (host.length > 253) return undefined;
  const name = host.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  // `www` is the platform itself; no account is there and the API must not be called there (§5.1).
  if (platformHost.test(name) && !name.startsWith('www.')) return `https://${name}`;
  return localOrigins(localAccounts).some(({ hostname }) => isLocal(name, hostname))
    ? `http://${name}`
    : undefined;
}

/** Of which platform an account with this origin is; undefined for one on this machine, which may be of either. */
export function platformOf(origin: string): Platform | undefined {
  const { hostname } = new URL(origin);
  if (!platformHost.test(hostname)) return undefined;
  // amocrm.com is Kommo's former name (`platform/server.md §1.7`).
  return hostname.endsWith('.amocrm.ru') ? 'amocrm' : 'kommo';
}

/** The first part of the host's name; an account's subdomain. */
export function subdomainOf(origin: string): string {
  return new URL(origin).hostname.split('.')[0] ?? '';
}

function localOrigins(localAccounts: readonly string[]): URL[] {
  return localAccounts
    .filter((origin) => URL.canParse(origin))
    .map((origin) => new URL(origin))
    .filter(({ hostname }) => loopback.has(hostname));
}

function isLocal(host: string, hostname: string): boolean {
  const [, port] = /:([0-9]{1,5})$/.exec(host) ?? [];
  return port !== undefined && Number(port) > 0 && Number(port) < 65_536 && host === `${hostname}:${port}`;
}
