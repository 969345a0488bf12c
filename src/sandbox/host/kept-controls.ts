/**
 * What named controls hold, by name: text, or whether a checkbox is ticked. Of radio buttons the value of the one that
 * is chosen.
 */
export type ControlValues = Readonly<Record<string, string | boolean>>;

/** Milliseconds that a control is waited for which a widget draws after its callback has returned. */
const patience = 10_000;

/** What the named controls hold, a widget's own among them. */
export function readControls($root: JQuery): ControlValues {
  const values: Record<string, string | boolean> = {};
  for (const control of controlsOf($root)) {
    if (control.type === 'checkbox') values[control.name] = control.checked;
    else if (control.type !== 'radio' || control.checked) values[control.name] = control.value;
  }
  return values;
}

/** Puts values into the controls of their names, without a word to anybody; the answer are those that changed. */
export function writeControls($root: JQuery, values: ControlValues): HTMLInputElement[] {
  return controlsOf($root).filter((control) => {
    const value = wanted(control, values);
    if (value === undefined) return false;
    if (typeof value === 'boolean') control.checked = value;
    else control.value = value;
    return true;
  });
}

export interface Refill {
  readonly values: ControlValues;
  /** Name of the control that has the focus; it gets it unless the person has taken it elsewhere. */
  readonly focus?: string | undefined;
}

/**
 * Fills in the controls of these names as a person would, those that are there and those that a widget draws later,
 * as React does. Each control is filled once, so that a widget which corrects a value is not fought. It ends when the
 * root leaves the page or after {@link patience}; what the person types meanwhile is left alone.
 */
export function refillControls($root: JQuery, { values, focus }: Refill): void {
  const root = $root[0];
  if (root === undefined) return;
  const done = new WeakSet<HTMLInputElement>();
  const typed = new Set<string>();
  let isFilling = false;
  let isFocusDue = focus !== undefined && focus !== '';

  const fill = (): void => {
    isFilling = true;
    for (const control of controlsOf($root)) {
      if (done.has(control) || typed.has(control.name)) continue;
      done.add(control);
      const value = wanted(control, values);
      if (value !== undefined) enter(control, value);
      if (isFocusDue && control.name === focus) {
        isFocusDue = false;
        control.focus();
      }
    }
    isFilling = false;
  };
  const onTyped = ({ target }: Event): void => {
    if (!isFilling) typed.add((target as HTMLInputElement).name);
  };
  const onMoved = (): void => {
    isFocusDue = false;
  };
  const end = new AbortController();
  const observer = new MutationObserver(() => {
    if (root.isConnected) fill();
    else end.abort();
  });
  end.signal.addEventListener('abort', () => {
    clearTimeout(timer);
    observer.disconnect();
  });
  const timer = setTimeout(() => {
    end.abort();
  }, patience);
  const listening = { signal: end.signal, capture: true };
  for (const type of ['input', 'change']) root.addEventListener(type, onTyped, listening);
  for (const type of ['pointerdown', 'keydown']) document.addEventListener(type, onMoved, listening);
  observer.observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['name'],
  });
  fill();
}

/** The value that the control should get; undefined when it has it already, or when there is none. */
function wanted(control: HTMLInputElement, values: ControlValues): string | boolean | undefined {
  const value = Object.hasOwn(values, control.name) ? values[control.name] : undefined;
  if (typeof value === 'boolean' || control.type === 'radio') {
    const checked = typeof value === 'boolean' ? value : value === control.value;
    return value === undefined || control.checked === checked ? undefined : checked;
  }
  return control.value === value ? undefined : value;
}

/**
 * Past the property that React lays over `value` to see who writes it, and by a click where React listens to clicks:
 * its components hear of a person's input alone.
 */
function enter(control: HTMLInputElement, value: string | boolean): void {
  if (typeof value === 'boolean') {
    if (!control.disabled && (control.type === 'checkbox' || value)) control.click();
    if (control.checked === value) return;
    control.checked = value;
  } else {
    const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(control) as object, 'value');
    if (own?.set === undefined) control.value = value;
    else own.set.call(control, value);
  }
  for (const event of ['input', 'change']) control.dispatchEvent(new Event(event, { bubbles: true }));
}

function controlsOf($root: JQuery): HTMLInputElement[] {
  const controls = $root.find(':input').toArray() as HTMLInputElement[];
  return controls.filter(({ name, type }) => name !== '' && type !== 'file');
}
