import { RefusedCall } from '../../account-api.js';
import { draw, escapeHtml } from '../../dom.js';
import type { Host } from '../../host.js';

/** A file input that looks like a button; the text is its name. */
export function uploadInputHtml(text: string, classes: string): string {
  return `<label class="button-input upload-input ${classes}"><input class="upload-input__file" type="file" accept=".zip,application/zip">
    <span class="button-input-inner"><span class="button-input-inner__text">${escapeHtml(text)}</span></span></label>`;
}

/** Calls for each archive that is chosen; the same file may be chosen again. */
export function onArchive($upload: JQuery, take: (archive: File) => Promise<void>): void {
  $upload.on('change', 'input', async (event) => {
    // The choice of a file is no change of the settings around it.
    event.stopPropagation();
    const input = event.currentTarget as HTMLInputElement;
    const archive = input.files?.[0];
    if (archive === undefined || $upload.hasClass('button-input_load')) return;
    $upload.addClass('button-input_load');
    try {
      await take(archive);
    } finally {
      input.value = '';
      $upload.removeClass('button-input_load');
    }
  });
}

/**
 * Uploads an archive, as a new integration or as a new version of the widget of that code, and reads the session
 * again. The answer says why it was refused, a sentence each; it is empty when the account took it.
 */
export async function uploadArchive(host: Host, code: string | null, archive: Blob): Promise<string[]> {
  try {
    await host.api.uploadWidget(code, archive);
    if (code !== null) host.lifecycle.forget(code);
    await host.refresh();
    return [];
  } catch (error) {
    return problemsOf(error);
  }
}

/** Shows a sentence and, below it, what it is about in detail. */
export function showNotice($place: JQuery, text: string, details: readonly string[] = []): void {
  const items = details.map((detail) => `<li>${escapeHtml(detail)}</li>`).join('');
  $place
    .empty()
    .append(
      draw(`<div class="notice"><p>${escapeHtml(text)}</p>${items === '' ? '' : `<ul>${items}</ul>`}</div>`),
    );
}

/** The account lists problems as sentences or as `{ file, message }`; anything else is one sentence. */
function problemsOf(error: unknown): string[] {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof RefusedCall)) return [message];
  try {
    const { problems } = JSON.parse(error.body) as { problems?: unknown };
    const sentences = (Array.isArray(problems) ? problems : []).map((problem: unknown) => {
      if (typeof problem === 'string') return problem;
      const { file, message: text } = (problem ?? {}) as { file?: unknown; message?: unknown };
      return [file, text].filter((part) => typeof part === 'string' && part !== '').join(': ');
    });
    return sentences.length > 0 ? sentences : [message];
  } catch {
    return [message];
  }
}
