import { viewManifest } from './manifest-view.js';
import type { WidgetInstallation } from '../state.js';

/** The language that a user sees a widget in: the own where the widget has it, else English, else its first. */
export function languageOf(widget: WidgetInstallation, language: string | undefined): string {
  const { locales } = viewManifest(widget.manifest);
  const wanted = [language, 'en'].find((locale) => locale !== undefined && locales.includes(locale));
  return wanted ?? locales[0] ?? 'en';
}

/** The parsed language file; undefined when the widget has none. */
export function wordsOf(widget: WidgetInstallation, language: string): unknown {
  const bytes = widget.files.get(`i18n/${language}.json`);
  // Parsed at the upload, so it is JSON.
  return bytes === undefined ? undefined : JSON.parse(new TextDecoder().decode(bytes));
}
