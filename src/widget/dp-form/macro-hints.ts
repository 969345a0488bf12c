import { findMacros, isMacroName, macroTag } from '../../contract/macros.js';
import { nearestMacro } from '../../contract/nearest-macro.js';
import type { Words } from '../words.js';

/** Puts `replacement` in the place of the first macro of this name. */
type Replace = (name: string, replacement: string) => void;

/** Points out the macros of a text that don't exist, once each, and offers the nearest one that does. */
export function createMacroHints(
  list: HTMLElement,
  words: Words,
  replace: Replace,
): (message: string) => void {
  let shown = JSON.stringify([]);
  return (message) => {
    const names = findMacros(message).map(({ name }) => name);
    const unknown = [...new Set(names)].filter((name) => !isMacroName(name));
    // The same hints are not drawn again, or a screen reader would repeat them at every key.
    const key = JSON.stringify(unknown);
    if (key === shown) return;
    shown = key;
    list.replaceChildren(...unknown.map((name) => hint(name, words, replace)));
  };
}

function hint(name: string, words: Words, replace: Replace): HTMLElement {
  const item = document.createElement('li');
  item.className = 'pipeline-messenger__hint';
  item.append(words('dp.macros.unknown', { macro: macroTag(name) }));
  const nearest = nearestMacro(name);
  if (nearest === undefined) return item;
  const suggestion = macroTag(nearest);
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'pipeline-messenger__replace';
  button.textContent = words('dp.macros.replace');
  button.addEventListener('click', () => {
    replace(name, suggestion);
  });
  item.append(` ${words('dp.macros.suggestion', { suggestion })} `, button);
  return item;
}
