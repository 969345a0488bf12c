import $ from 'jquery';

/** One of Kommo's inputs in a bubble, taken out of sight while a control of ours stands for it. */
export interface DpField {
  /** What Kommo has stored, or what was written since. */
  read: () => string;
  /** Writes the value that Kommo will store and lets the bubble know, so that Save becomes active. */
  write: (value: string) => void;
  /** Calls back when something else than {@link write} changes the value. Ends with {@link release}. */
  onForeignChange: (listener: (value: string) => void) => void;
  /** The label that Kommo shows for the field. */
  title: () => HTMLElement | undefined;
  /** Puts a control of ours after the input. */
  append: (control: HTMLElement) => void;
  /** Shows Kommo's own input again. */
  release: () => void;
}

/** Opens the field with this name in a bubble; `undefined` when Kommo drew none. Both markup revisions of §5.2. */
export function openField(bubble: HTMLElement, name: string): DpField | undefined {
  const found = $(bubble).find(`input[name="${name}"]`).get(0);
  if (!(found instanceof HTMLInputElement)) return undefined;
  const input = found;
  const originalType = input.type;
  let writing = false;
  const listeners: (() => void)[] = [];

  const stored = storedValue(input);
  // A text input drops line breaks, a hidden one keeps them; many widgets in the field hide it this way (§5.3).
  input.type = 'hidden';
  if (input.value !== stored) input.value = stored;

  return {
    read: () => input.value,

    write(value) {
      if (input.value === value) return;
      input.value = value;
      writing = true;
      input.dispatchEvent(new Event('change', { bubbles: true }));
      $(input).trigger('change');
      writing = false;
    },

    onForeignChange(listener) {
      const heard = (): void => {
        if (!writing) listener(input.value);
      };
      input.addEventListener('change', heard);
      listeners.push(() => {
        input.removeEventListener('change', heard);
      });
    },

    title: () =>
      input
        .closest('.widget_settings_block__item_field')
        ?.querySelector<HTMLElement>('.widget_settings_block__title_field') ?? undefined,

    append(control) {
      input.after(control);
    },

    release() {
      for (const stop of listeners.splice(0)) stop();
      input.type = originalType;
    },
  };
}

/** The stored text with its line breaks, which a text input hides from `value` but keeps in its attribute. */
function storedValue(input: HTMLInputElement): string {
  const { value, defaultValue } = input;
  return defaultValue.replace(/[\r\n]/g, '') === value ? defaultValue.replace(/\r\n?/g, '\n') : value;
}
