/** Where an address leads that is not below the widget. */
export interface OutsideAddress {
  host: string;
  /** A machine or a network of the author's, where no user gets to. */
  isLocal: boolean;
  /** A public library host that Kommo's checklist names as the exception: `platform/widget.md §8`, rule 17. */
  isPublicLibrary: boolean;
}

/** Reads an address as it stands in a stylesheet or a template; `null` when it leads to no other host. */
export function outsideAddress(text: string): OutsideAddress | null {
  const trimmed = text.trim();
  if (!/^(?:https?:)?\/\/[^/]/i.test(trimmed)) return null;
  const whole = trimmed.startsWith('//') ? `https:${trimmed}` : trimmed;
  if (!URL.canParse(whole)) return null;
  const host = new URL(whole).hostname;
  return { host, isLocal: isLocal(host), isPublicLibrary: publicLibraries.test(host) };
}

const publicLibraries =
  /^(?:code\.jquery\.com|ajax\.googleapis\.com|fonts\.(?:googleapis|gstatic)\.com|ajax\.aspnetcdn\.com)$/;

function isLocal(host: string): boolean {
  return (
    /(?:^|\.)(?:localhost|local|test|invalid)$/.test(host) ||
    /^(?:127\.|0\.0\.0\.0$|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[::1\]$)/.test(host) ||
    /\.(?:ngrok(?:-free)?\.(?:io|app|dev)|loca\.lt|trycloudflare\.com)$/.test(host)
  );
}
