import { isDevelopmentHost, isPublicStore } from './known-hosts.js';

/** Where an address leads that is not below the widget. */
export interface OutsideAddress {
  host: string;
  /** Where no user gets to: a machine of the author's, a tunnel to it, an example. */
  isLocal: boolean;
  /** It is asked for by http, which browsers block in a page that came by https. */
  isPlain: boolean;
  /** A public library host that Kommo's checklist names as the exception: `platform/widget.md §8`, rule 17. */
  isPublicLibrary: boolean;
}

/** Reads an address as it stands in a stylesheet or a template; `null` when it leads to no other host. */
export function outsideAddress(text: string): OutsideAddress | null {
  const trimmed = text.trim();
  if (!/^(?:https?:)?\/\/[^/]/i.test(trimmed)) return null;
  const whole = trimmed.startsWith('//') ? `https:${trimmed}` : trimmed;
  if (!URL.canParse(whole)) return null;
  const { hostname: host, protocol } = new URL(whole);
  return {
    host,
    isLocal: isDevelopmentHost(host),
    isPlain: protocol === 'http:',
    isPublicLibrary: isPublicStore(host),
  };
}
