import { tokenizer, tokTypes } from 'acorn';

/** A template that a script names in a text of its own, e.g. `'/templates/list.twig'`. */
export interface NamedTemplate {
  /** The path in the archive that is meant: `templates/list.twig`. */
  path: string;
  /** Of the text in the script. */
  offset: number;
}

/**
 * The templates that a script names as whole texts. What is put together from parts, or stands in a comment, is not
 * among them. Never throws: from where the script is no JavaScript on, nothing is found.
 */
export function templatesNamedIn(script: string): NamedTemplate[] {
  if (!script.includes('.twig')) return [];
  const found: NamedTemplate[] = [];
  const look = (start: number, end: number): void => {
    const path = templatePath(script.slice(start, end));
    if (path !== null) found.push({ path, offset: start });
  };
  try {
    const tokens = tokenizer(script, { ecmaVersion: 'latest', sourceType: 'script' });
    let parts: { start: number; end: number }[] = [];
    for (let token = tokens.getToken(); token.type !== tokTypes.eof; token = tokens.getToken()) {
      if (token.type === tokTypes.string) look(token.start + 1, token.end - 1);
      else if (token.type === tokTypes.template || token.type === tokTypes.dollarBraceL) parts.push(token);
      else if (token.type === tokTypes.backQuote) {
        const [only] = parts;
        if (only !== undefined && parts.length === 1) look(only.start, only.end);
        parts = [];
      }
    }
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
  }
  return found;
}

/** `/templates/x.twig`, `./templates/x.twig?v=1`. What the loader's `text!` fetches is a module, as the rules of scripts know them. */
function templatePath(text: string): string | null {
  return /^(?:\.{0,2}\/)?(templates\/[\w./-]+\.twig)(?:\?.*)?$/.exec(text)?.[1] ?? null;
}
