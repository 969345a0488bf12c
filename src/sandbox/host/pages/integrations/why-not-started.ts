import type { Host } from '../../host.js';

/** Why a widget was dropped, a sentence; empty when the report does not say. */
export async function whyNotStarted({ api, recorder }: Host, code: string): Promise<string> {
  try {
    await recorder.flush();
    const dropped = (await api.report()).findLast(
      (entry) => entry.kind === 'dropped' && entry.widget === code,
    );
    return dropped?.kind === 'dropped' ? dropped.reason : '';
  } catch {
    return '';
  }
}
