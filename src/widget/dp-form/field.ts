import $ from 'jquery';
import { concealInput } from './conceal-input.js';

/** One of Kommo's inputs in a bubble, taken out of sight while a control of ours stands for it. */
export interface DpField {
  /** What Kommo has stored, or what was written since. */
  read: () => string;
  /** Writes the value that Kommo will store and lets the bubble know, so that Save becomes active. */
  write: (value: string) => void;
  /** Calls back at every change of the value, {@link write} included. Ends with {@link release}. */
  onChange: (listener: (value: string) => void) => void;
  /** Takes away the label that Kommo shows for the field, until {@link release}. */
  hideTitle: () => void;
  /** Puts a control of ours after the input. */
  append: (control: HTMLElement) => void;
  /** Whether the input and the controls appended to it are still on the page. */
  isIntact: () => boolean;
  /** Shows Kommo's own input and label again. */
  release: () => void;
}

/** Opens the field with this name in a bubble; `undefined` when Kommo drew none. Both markup revisions of §5.2. */
export function openField(bubble: HTMLElement, name: string): DpField | undefined {
  const found = $(bubble).find(`input[name="${name}"]`).get(0);
  if (!(found instanceof HTMLInputElement)) return undefined;
  const input = found;
  const parts: HTMLElement[] = [input];
  const releases = [concealInput(input)];

  return {
    read: () => input.value,

    write(value) {
      if (input.value === value) return;
      input.value = value;
      input.dispatchEvent(new Event('change', { bubbles: true }));
      $(input).trigger('change');
    },

    onChange(listener) {
      // By jQuery, which hears native events too, while `.val(…).change()` of other code is no native event.
      const heard = (): void => {
        listener(input.value);
      };
      $(input).on('change', heard);
      releases.push(() => {
        $(input).off('change', heard);
      });
    },

    hideTitle() {
      const title = input
        .closest('.widget_settings_block__item_field')
        ?.querySelector<HTMLElement>('.widget_settings_block__title_field');
      if (title) releases.push(hide(title));
    },

    append(control) {
      input.after(control);
      parts.push(control);
    },

    isIntact: () => parts.every((part) => part.isConnected),

    release() {
      for (const undo of releases.splice(0)) undo();
    },
  };
}

/** By an inline style, since a rule of the host on its own class would win over the `hidden` attribute. */
function hide(element: HTMLElement): () => void {
  const before = element.getAttribute('style');
  element.style.display = 'none';
  return () => {
    if (before === null) element.removeAttribute('style');
    else element.setAttribute('style', before);
  };
}
