import $ from 'jquery';
import { channelIds, channelsValue } from '../../contract/settings.js';

/** Kommo's own part of the settings modal: the hidden field that it stores, and its Save (`platform/widget.md §5.4`). */
export interface KommoForm {
  /** Writes the channels' ids into the field and has Save active if, and only if, there is something to save. */
  show(ids: readonly string[], options: { isChanged: boolean }): void;
  /** What the field holds has been saved. */
  saved(): void;
  /** Nothing was saved: Save shows it, and can be pressed again. */
  failed(): void;
  /** What the field holds, for Kommo to store. */
  value(): string | undefined;
  close(): void;
}

/**
 * @param place where the panel is in the modal
 * @param stored value of the field as Kommo has it
 */
export function openKommoForm(place: Element, stored: unknown): KommoForm {
  const modal = place.closest('.modal, .widget-settings__modal') ?? place.parentElement ?? place;
  const input = modal.querySelector<HTMLInputElement>('input[name="channels"]');
  let kept = keyOf(channelIds(input?.value === '' || !input ? stored : input.value));
  let isOffered = false;
  let isTouched = false;
  const showTitle = hide(input?.closest<HTMLElement>('.widget_settings_block__item_field'));

  /** Something else of Kommo's in the modal, such as its switch, was changed: then Save is not ours to take away. */
  const onChange = ({ target }: Event): void => {
    if (target !== input) isTouched = true;
  };
  modal.addEventListener('change', onChange);

  return {
    show(ids, { isChanged }) {
      const isSomething = ids.length > 0 && (isChanged || keyOf(ids) !== kept);
      if (input !== null) input.value = channelsValue(ids);
      if (isSomething) {
        input?.dispatchEvent(new Event('change', { bubbles: true }));
        if (input !== null) $(input).trigger('change');
      } else if (isOffered && !isTouched) {
        $(modal).find('.js-widget-save').trigger('button:save:disable');
      }
      isOffered = isSomething;
    },
    saved() {
      kept = keyOf(channelIds(input?.value));
      isTouched = false;
      isOffered = false;
    },
    failed() {
      $(modal).find('.js-widget-save').trigger('button:save:error');
    },
    value: () => input?.value,
    close() {
      showTitle();
      modal.removeEventListener('change', onChange);
    },
  };
}

/** The panel has a heading of its own, so that Kommo's label of the hidden field would stand there for nothing. */
function hide(element: HTMLElement | null | undefined): () => void {
  if (!element) return () => undefined;
  const before = element.style.display;
  element.style.display = 'none';
  return () => {
    element.style.display = before;
  };
}

/** Their order means nothing. */
function keyOf(ids: readonly string[]): string {
  return [...ids].sort().join();
}
