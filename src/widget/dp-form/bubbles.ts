import { dpFields } from '../../contract/dp-settings.js';
import type { WidgetInstance } from '../../kommo/widget.js';

const bubbleSelector = '[data-action=send_widget_hook]';
const placeSelector = '.digital-pipeline__edit-bubble';
const formSelector = 'form.digital-pipeline__edit-forms';
const itemSelector = '.digital-pipeline__item';
const markerClass = 'digital-pipeline__short-task_widget-style_';

/**
 * The triggers' bubbles of this widget that are on the page, each once. Several may be open, and other widgets
 * may use the same field names, so a bubble that names another widget is never among them. The ways in
 * (`platform/widget.md §5.2` and `§12`), none of which a host is certain to have:
 *
 * | what is there                            | the bubble is ours                                   |
 * |------------------------------------------|------------------------------------------------------|
 * | our marker in the stage's item           | the only one there; of several, those whose          |
 * |                                          | `data-widget_id` names no other widget               |
 * | `data-widget_id` on the bubble           | when it is our `id` or `widget_code`                 |
 * | both our fields, and no word of another  | always                                               |
 */
export function findBubbles(widget: WidgetInstance): HTMLElement[] {
  const { widget_code: code, id } = widget.get_settings();
  const names = [id, code].filter((name) => name !== undefined && name !== '').map(String);
  if (names.length === 0) return [];

  const found = [
    ...(code === undefined ? [] : markedBubbles(code, names)),
    ...[...document.querySelectorAll<HTMLElement>(`${placeSelector}[data-widget_id]`)].filter((place) =>
      names.includes(place.dataset['widget_id'] ?? ''),
    ),
    ...fieldBubbles(code).filter((bubble) => maybeOurs(bubble, names)),
  ];
  return outermost([...new Set(found)].filter((bubble) => fieldIn(bubble, dpFields.message) !== null));
}

/** What `data-widget_id` holds is not documented, so it counts only where our marker leaves a doubt. */
function markedBubbles(code: string, names: string[]): HTMLElement[] {
  return [...document.getElementsByClassName(`${markerClass}${code}`)].flatMap((marker) => {
    const bubbles = bubblesOfMarker(marker);
    const isClear = outermost(bubbles).length === 1 && !hasOtherMarker(marker, code);
    return isClear ? bubbles : bubbles.filter((bubble) => maybeOurs(bubble, names));
  });
}

/** The documented relation, then the one that a widget in the field relies on. */
function bubblesOfMarker(marker: Element): HTMLElement[] {
  const documented = marker.parentElement?.parentElement?.querySelectorAll<HTMLElement>(bubbleSelector);
  if (documented !== undefined && documented.length > 0) return [...documented];
  const item = marker.closest(`${itemSelector}-inner, ${itemSelector}`);
  return [...(item?.querySelectorAll<HTMLElement>(`${bubbleSelector}, ${formSelector}`) ?? [])];
}

/** Bubbles with both our fields and no other widget's marker in their stage's item. */
function fieldBubbles(code: string | undefined): HTMLElement[] {
  return [...document.querySelectorAll('#widget_settings__fields_wrapper')].flatMap((wrapper) => {
    const bubble = wrapper.closest<HTMLElement>(placeSelector) ?? wrapper.closest<HTMLElement>(formSelector);
    const complete = Object.values(dpFields).every((name) => fieldIn(wrapper, name) !== null);
    return bubble !== null && complete && !hasOtherMarker(wrapper, code) ? [bubble] : [];
  });
}

/** Whether another widget's marker stands in the same stage's item. */
function hasOtherMarker(element: Element, code: string | undefined): boolean {
  const markers = element.closest(itemSelector)?.querySelectorAll(`[class*="${markerClass}"]`) ?? [];
  return [...markers].some((marker) => !marker.classList.contains(`${markerClass}${code ?? ''}`));
}

/** Whether the bubble has our message and no `data-widget_id` between that and its edge names another widget. */
function maybeOurs(bubble: HTMLElement, names: string[]): boolean {
  const message = fieldIn(bubble, dpFields.message);
  if (message === null) return false;
  const owner = message.closest<HTMLElement>('[data-widget_id]');
  if (owner === null || !(bubble.closest(placeSelector) ?? bubble).contains(owner)) return true;
  const name = owner.dataset['widget_id'] ?? '';
  return name === '' || names.includes(name);
}

function fieldIn(parent: Element, name: string): Element | null {
  return parent.querySelector(`input[name="${name}"]`);
}

/** Two ways in may lead to an element and to one inside of it: that is one bubble. */
function outermost(elements: HTMLElement[]): HTMLElement[] {
  return elements.filter(
    (element) => !elements.some((other) => other !== element && other.contains(element)),
  );
}
