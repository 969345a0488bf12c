import { $ } from '../jquery.js';

const focusable =
  'a[href], button:not([disabled]), input:not([disabled]):not([type=hidden]), select:not([disabled]), textarea:not([disabled]), [tabindex]:not([tabindex="-1"])';

/** Focuses the wanted element, or the window itself where it is not there or not shown. */
export function focusFirst($modal: JQuery, $wanted: JQuery): void {
  const wanted = ($wanted.filter(':visible')[0] ?? $modal[0]) as HTMLElement | undefined;
  wanted?.focus({ preventScroll: true });
}

/** Lets Tab go round within the window. */
export function keepFocusInside($modal: JQuery, event: JQueryEventObject): void {
  if (event.key !== 'Tab') return;
  const elements = $modal.find(focusable).filter(':visible').toArray() as HTMLElement[];
  const [first, last] = [elements[0], elements.at(-1)];
  const from = document.activeElement;
  if (first === undefined || last === undefined) {
    event.preventDefault();
    return;
  }
  const leaves = event.shiftKey ? from === first || from === $modal[0] : from === last;
  if (!leaves && $.contains($modal[0] as Element, from as Element)) return;
  event.preventDefault();
  (event.shiftKey ? last : first).focus();
}
