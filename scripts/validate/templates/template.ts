import { makeLocator, type Position } from '../text.js';
import { type TemplateFlaw, templateParser } from './engine.js';
import { type Markup, readMarkup } from './markup.js';

/** A template of the archive, looked at once. */
export interface Template {
  file: string;
  text: string;
  flaw: TemplateFlaw | null;
  markup: Markup;
  /** Line and column of an offset. */
  at: (offset: number) => Position;
}

/** Looks at templates in their order; see {@link templateParser} for what that may take. Never throws. */
export function readTemplates(texts: Iterable<[file: string, text: string]>): Map<string, Template> {
  const templates = new Map<string, Template>();
  let parse: ReturnType<typeof templateParser> | undefined;
  for (const [file, text] of texts) {
    parse ??= templateParser();
    templates.set(file, { file, text, flaw: parse(text), markup: readMarkup(text), at: makeLocator(text) });
  }
  return templates;
}
