import { findMacros, macroGroups, macros, macroTag } from '../../contract/macros.js';
import type { TwigTemplate } from '../../kommo/render.js';
import type { Words } from '../words.js';
import { counterText } from './counter.js';
import { insertAt, insertAtCaret } from './insert.js';
import { createMacroHints } from './macro-hints.js';
import { preview } from './preview.js';

/**
 * What stands below the textarea: counter, hints on unknown macros, preview and macro list. Returns what
 * brings them up to date with the text.
 */
export function createMessageTools(
  editor: HTMLElement,
  textarea: HTMLTextAreaElement,
  template: TwigTemplate,
  words: Words,
): () => void {
  const tools = document.createElement('div');
  tools.innerHTML = template.render({
    counter_title: words('dp.counter.estimate'),
    macros_title: words('dp.macros.title'),
    preview_title: words('dp.preview.title'),
    groups: macroGroups.map((group) => ({
      title: words(`macros.groups.${group}`),
      macros: macros
        .filter((macro) => macro.group === group)
        .map(({ name }) => ({ tag: macroTag(name), label: words(`macros.labels.${name}`) })),
    })),
  });
  editor.append(...tools.childNodes);

  listenToMarkers(editor, textarea);
  const part = (name: string): HTMLElement =>
    editor.querySelector<HTMLElement>(`.pipeline-messenger__${name}`) ?? tools;
  const counter = part('counter');
  const previewText = part('preview-text');
  const refreshHints = createMacroHints(part('hints'), words, (name, replacement) => {
    const found = findMacros(textarea.value).find((occurrence) => occurrence.name === name);
    if (found !== undefined) insertAt(textarea, replacement, found.start, found.end);
  });

  return () => {
    const shown = preview(textarea.value, words);
    previewText.textContent = shown === '' ? words('dp.preview.empty') : shown;
    previewText.classList.toggle('pipeline-messenger__preview-text_empty', shown === '');
    counter.textContent = counterText(textarea.value, shown, words);
    refreshHints(textarea.value);
  };
}

/** A click, Enter or the space bar on a marker inserts it; the caret stays in the textarea all the while. */
function listenToMarkers(editor: HTMLElement, textarea: HTMLTextAreaElement): void {
  const markerOf = (event: Event): string | undefined =>
    (event.target as Element).closest<HTMLElement>('[data-marker]')?.dataset['marker'];

  editor.addEventListener('mousedown', (event) => {
    if (markerOf(event) !== undefined) event.preventDefault();
  });
  editor.addEventListener('click', (event) => {
    const marker = markerOf(event);
    if (marker !== undefined) insertAtCaret(textarea, marker);
  });
  editor.addEventListener('keydown', (event) => {
    const marker = markerOf(event);
    if (marker === undefined || (event.key !== 'Enter' && event.key !== ' ')) return;
    // Enter in Kommo's form would save the trigger.
    event.preventDefault();
    event.stopPropagation();
    insertAtCaret(textarea, marker);
  });
}
