import { exitCodes, UserError } from '../cli/errors.js';
import type { WidgetFiles } from '../archive/files.js';
import { readObject, webhookUrlOf } from './manifest.js';

/** Where `src/widget/connection/backend-address.ts` has come to, in the layout that the build gives it. */
const place = /(\bconst backendAddress = ')[^']*(';)/;

/**
 * Has the settings call the backend that the manifest's `dp.webhook_url` belongs to. May be done again after that
 * has changed. A manifest without a good address leaves them without a backend: the validator tells of it.
 */
export function pointToBackend(files: WidgetFiles): WidgetFiles {
  const script = files.get('script.js');
  if (script === undefined || !files.has('settings.js')) return files;
  const code = script.toString('utf8');
  if (!place.test(code)) {
    throw new UserError('script.js has no place for the address of the backend.', {
      nextStep: 'It is the constant backendAddress of src/widget/connection/backend-address.ts.',
      exitCode: exitCodes.findings,
    });
  }
  const address = backendOf(webhookUrlOf(readObject(files.get('manifest.json')?.toString('utf8') ?? '')));
  const pointed = code.replace(place, (_, before: string, after: string) => before + address + after);
  return new Map([...files].map(([name, bytes]) => [name, bytes === script ? Buffer.from(pointed) : bytes]));
}

/** The origin of the hook's address: its secret is nothing for a browser. Empty for what is no address. */
function backendOf(webhookUrl: unknown): string {
  if (typeof webhookUrl !== 'string' || !URL.canParse(webhookUrl)) return '';
  const { protocol, origin } = new URL(webhookUrl);
  return /^https?:$/.test(protocol) ? origin : '';
}
