type Attribute = string | number | boolean | (() => void) | ((event: never) => void);

/**
 * An element of the bar. Attributes that are functions listen to the event of their name; false leaves one out. The
 * bar is made without jQuery: it has to work when a widget has broken that.
 */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(key, value as EventListener);
    else if (value !== false) element.setAttribute(key, value === true ? '' : String(value));
  }
  element.append(...children);
  return element;
}

/** A labelled select. `set` changes what it shows without telling. */
export function makeSelect<Value extends string>(
  label: string,
  options: readonly (readonly [value: Value, text: string])[],
  onChange: (value: Value) => void,
): { readonly element: HTMLSelectElement; set(value: Value): void } {
  const element = make(
    'select',
    {
      'aria-label': label,
      title: label,
      change: () => {
        onChange(element.value as Value);
      },
    },
    ...options.map(([value, text]) => make('option', { value }, text)),
  );
  return {
    element,
    set(value) {
      element.value = value;
    },
  };
}

export function makeButton(text: string, onClick: () => void, classes = 'button'): HTMLButtonElement {
  return make('button', { type: 'button', class: classes, click: onClick }, text);
}

/** `14:03:09.120`, the time of day of milliseconds since 1970. */
export function timeOfDay(at: number): string {
  const date = new Date(at);
  return `${date.toLocaleTimeString('en-GB')}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
