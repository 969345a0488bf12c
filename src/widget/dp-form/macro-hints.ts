import { findMacros, isMacroName, type MacroOccurrence, macroTag } from '../../contract/macros.js';
import { nearestMacro } from '../../contract/nearest-macro.js';
import type { Words } from '../words.js';

/** Points out the macros of a text that don't exist, once each, and offers the nearest one that does. */
export function createMacroHints(
  list: HTMLElement,
  words: Words,
  replace: (occurrence: MacroOccurrence, replacement: string) => void,
): (message: string) => void {
  let shown = '';
  return (message) => {
    const unknown = findMacros(message).filter(({ name }) => !isMacroName(name));
    // The same hints are not drawn again, or a screen reader would repeat them at every key.
    const key = JSON.stringify(unknown);
    if (key === shown) return;
    shown = key;
    const first = unknown.filter(
      ({ name }, index) => unknown.findIndex((other) => other.name === name) === index,
    );
    list.replaceChildren(...first.map((occurrence) => hint(occurrence, words, replace)));
  };
}

function hint(
  occurrence: MacroOccurrence,
  words: Words,
  replace: (occurrence: MacroOccurrence, replacement: string) => void,
): HTMLElement {
  const item = document.createElement('li');
  item.className = 'pipeline-messenger__hint';
  item.append(words('dp.macros.unknown', { macro: macroTag(occurrence.name) }));
  const nearest = nearestMacro(occurrence.name);
  if (nearest === undefined) return item;
  const suggestion = macroTag(nearest);
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'pipeline-messenger__replace';
  button.textContent = words('dp.macros.replace');
  button.addEventListener('click', () => {
    replace(occurrence, suggestion);
  });
  item.append(` ${words('dp.macros.suggestion', { suggestion })} `, button);
  return item;
}
