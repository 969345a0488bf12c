import en from '../../../i18n/en.json' with { type: 'json' };
import es from '../../../i18n/es.json' with { type: 'json' };
import id from '../../../i18n/id.json' with { type: 'json' };
import pt from '../../../i18n/pt.json' with { type: 'json' };
import ru from '../../../i18n/ru.json' with { type: 'json' };
import tr from '../../../i18n/tr.json' with { type: 'json' };

/** The language files by the platform's code of the language. */
export const languages = { en, es, id, pt, ru, tr };

export type Language = keyof typeof languages;

/** What the platform's `i18n` answers: the text or branch at a dotted path. */
export function lookUp(tree: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>(member, tree);
}

function member(tree: unknown, key: string): unknown {
  return typeof tree === 'object' && tree !== null ? (tree as Record<string, unknown>)[key] : undefined;
}
