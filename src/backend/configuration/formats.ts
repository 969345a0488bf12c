import { z } from 'zod';

/** Formats of values in the environment: what a text must be, and what it is read as. */

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

export function isLoopback(url: URL): boolean {
  return loopbackHosts.has(url.hostname);
}

function format<Value>(read: (text: string) => Value | undefined): z.ZodType<Value, string> {
  return z.string().transform((text, context) => {
    const value = read(text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom' });
    return z.NEVER;
  });
}

function readUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** An origin, without a slash at its end; `http` only on this machine, where nobody listens in. */
export const origin = format((text) => {
  const url = readUrl(text);
  if (url === undefined || url.pathname !== '/' || url.search !== '' || url.hash !== '') return undefined;
  if (url.username !== '' || url.password !== '') return undefined;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)) ? url.origin : undefined;
});

/** As {@link origin}, with a path. */
export const address = format((text) => {
  const url = readUrl(text);
  if (url === undefined || url.search !== '' || url.hash !== '') return undefined;
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
  return isSafe ? url.href.replace(/\/+$/, '') : undefined;
});

export const loopbackOrigins = format((text) => {
  const origins = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => origin.safeParse(part).data);
  const local = origins.filter((one) => one !== undefined && isLoopback(new URL(one)));
  return local.length === origins.length ? local.map(String) : undefined;
});

export const databaseUrl = format((text) => {
  const url = readUrl(text);
  return url !== undefined && /^postgres(ql)?:$/.test(url.protocol) ? text : undefined;
});

export const anyText = z.string();

export function matching(pattern: RegExp): z.ZodType<string, string> {
  return format((text) => (pattern.test(text) ? text : undefined));
}

/** A whole number or, where `fraction` is set, any number between two bounds. */
export function numberBetween(
  least: number,
  most: number,
  { fraction = false }: { fraction?: boolean } = {},
): z.ZodType<number, string> {
  return format((text) => {
    if (!(fraction ? /^\d+(\.\d+)?$/ : /^\d+$/).test(text)) return undefined;
    const value = Number(text);
    return value >= least && value <= most ? value : undefined;
  });
}

export function oneOf<const Name extends string>(...names: Name[]): z.ZodType<Name, string> {
  return format((text) => names.find((name) => name === text));
}

/** Some of the names, with commas between them; each counts once. */
export function listOf<const Name extends string>(...names: Name[]): z.ZodType<readonly Name[], string> {
  return format((text) => {
    const given = [...new Set(text.split(',').map((part) => part.trim()))].filter((part) => part !== '');
    const known = names.filter((name) => given.includes(name));
    return known.length === given.length ? known : undefined;
  });
}

/** 32 bytes as base64 (either alphabet) or hex. */
export const key = format((text) => {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === 32 ? bytes : undefined;
});

/** Hosts of accounts (`platform/server.md §1.7`); the platform's own `www` is none. */
const accountHost = /^(?!www\.)[a-z0-9-]+\.(kommo\.com|amocrm\.ru|amocrm\.com)$/;

/** The host of an account, or the address of any of its pages; read as its origin. */
export const account = format((text) => {
  const url = readUrl(text.includes('://') ? text : `https://${text}`);
  if (url === undefined || url.username !== '' || url.password !== '') return undefined;
  if (url.protocol === 'http:' && isLoopback(url)) return url.origin;
  return url.protocol === 'https:' && url.port === '' && accountHost.test(url.hostname)
    ? url.origin
    : undefined;
});
