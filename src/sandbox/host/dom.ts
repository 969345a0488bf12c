import { $ } from './jquery.js';

/** Elements that the host drew itself; everything else on the page is a widget's. */
const drawn = new WeakSet<Element>();

/** The elements of this HTML, remembered as the host's. Take care of {@link escapeHtml} for values. */
export function draw(html: string): JQuery {
  const $elements = $($.parseHTML(html.trim()) as Element[]);
  for (const element of $elements.toArray()) remember(element);
  return $elements;
}

/** Counts an element and all that it holds as the host's. */
export function remember(root: Element): void {
  drawn.add(root);
  for (const element of root.querySelectorAll('*')) drawn.add(element);
}

export function isDrawn(element: Element): boolean {
  return drawn.has(element);
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * The values of a form by name, as they are: jQuery's own serialization would turn line ends into CRLF.
 * Controls that are disabled, unchecked or nameless have none; of two with one name the later wins.
 */
export function formValues($form: JQuery): Map<string, string> {
  const values = new Map<string, string>();
  for (const control of $form.find(':input').toArray() as HTMLInputElement[]) {
    const unchecked = /^(checkbox|radio)$/.test(control.type) && !control.checked;
    if (control.name !== '' && !control.disabled && !unchecked) values.set(control.name, control.value);
  }
  return values;
}
