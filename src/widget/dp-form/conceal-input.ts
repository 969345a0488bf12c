/**
 * Takes an input out of sight with its value whole: a text input drops line breaks, a hidden one keeps them, and
 * many widgets in the field hide it this way (`platform/widget.md §5.3`). Returns what shows it again; the input
 * then has the attributes of before, unless its value has changed since.
 */
export function concealInput(input: HTMLInputElement): () => void {
  const shown = input.value;
  const type = input.getAttribute('type');
  const attribute = input.getAttribute('value');
  const stored = storedValue(input);
  input.type = 'hidden';
  input.value = stored;

  return () => {
    const unchanged = input.value === stored;
    restore(input, 'type', type);
    // The value of a hidden input is its attribute; a changed one has to stay there for its line breaks.
    if (!unchanged) return;
    restore(input, 'value', attribute);
    if (input.value !== shown) input.value = shown;
  };
}

/** The stored text with its line breaks, which a text input hides from `value` but keeps in its attribute. */
function storedValue(input: HTMLInputElement): string {
  const { value, defaultValue } = input;
  return defaultValue.replace(/[\r\n]/g, '') === value ? defaultValue.replace(/\r\n?/g, '\n') : value;
}

function restore(element: HTMLElement, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}
