import { type MacroName, macros, renderMacros } from '../../contract/macros.js';
import type { Words } from '../words.js';

/** The message as a contact would read it, with the sample data of the user's language. */
export function preview(message: string, words: Words): string {
  const samples: Partial<Record<MacroName, string>> = {};
  for (const { name } of macros) samples[name] = words(`macros.samples.${name}`);
  return renderMacros(message, samples);
}
