import { dpFields } from '../../contract/dp-settings.js';
import type { WidgetInstance } from '../../kommo/widget.js';

const bubbleSelector = '[data-action=send_widget_hook]';

/**
 * The triggers' bubbles of this widget that are on the page, each once. Several may be open, and other widgets
 * may use the same field names, so every way in is bound to this widget: its marker in the stage's item, or its
 * id on the bubble (`platform/widget.md §5.2` and `§12`).
 */
export function findBubbles(widget: WidgetInstance): HTMLElement[] {
  const { widget_code: code, id } = widget.get_settings();
  const found = new Set<HTMLElement>();

  for (const marker of document.getElementsByClassName(
    `digital-pipeline__short-task_widget-style_${code ?? ''}`,
  )) {
    for (const bubble of bubblesOfMarker(marker)) found.add(bubble);
  }
  for (const bubble of document.querySelectorAll<HTMLElement>(
    '.digital-pipeline__edit-bubble[data-widget_id]',
  )) {
    if (id !== undefined && bubble.dataset['widget_id'] === String(id)) found.add(bubble);
  }

  return outermost(
    [...found].filter((bubble) => bubble.querySelector(`input[name="${dpFields.message}"]`) !== null),
  );
}

/** The documented relation, then the one that a widget in the field relies on. */
function bubblesOfMarker(marker: Element): Iterable<HTMLElement> {
  const documented = marker.parentElement?.parentElement?.querySelectorAll<HTMLElement>(bubbleSelector);
  if (documented !== undefined && documented.length > 0) return documented;
  const item = marker.closest('.digital-pipeline__item-inner, .digital-pipeline__item');
  return item?.querySelectorAll<HTMLElement>(`${bubbleSelector}, form.digital-pipeline__edit-forms`) ?? [];
}

/** Two ways in may lead to an element and to one inside of it: that is one bubble. */
function outermost(elements: HTMLElement[]): HTMLElement[] {
  return elements.filter(
    (element) => !elements.some((other) => other !== element && other.contains(element)),
  );
}
