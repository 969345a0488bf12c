/** An open modal over a live reload: what was typed into it, and where the person was. */
export interface ModalState {
  readonly code: string;
  readonly values: ControlValues;
  readonly isChanged: boolean;
  readonly isTourSkipped: boolean;
  /** Pixels that the modal is scrolled by. */
  readonly scroll: number;
  /** Name of the focused control. */
  readonly focus: string | undefined;
}

/** By name: text, or whether a checkbox is ticked. Of radio buttons the value of the one that is chosen. */
export type ControlValues = Readonly<Record<string, string | boolean>>;

const key = 'sandbox:integrations';

export function keep(state: ModalState | undefined): void {
  if (state === undefined) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, JSON.stringify(state));
}

/** What was kept, once. */
export function takeKept(): ModalState | undefined {
  const text = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  return text === null ? undefined : (JSON.parse(text) as ModalState);
}

export function captureModal($modal: JQuery, code: string, isChanged: boolean): ModalState {
  return {
    code,
    values: readControls($modal),
    isChanged,
    isTourSkipped: $modal.find('.widget-tour').length === 0,
    scroll: $modal.find('.modal-scroller').scrollTop(),
    focus: (document.activeElement as HTMLInputElement | null)?.name,
  };
}

/** Brings back the rest once the widget has drawn its own controls. */
export function resumeModal($modal: JQuery, { values, scroll, focus }: ModalState): void {
  for (const control of writeControls($modal, values)) {
    for (const event of ['input', 'change']) control.dispatchEvent(new Event(event, { bubbles: true }));
  }
  $modal.find('.modal-scroller').scrollTop(scroll);
  if (focus === undefined || focus === '') return;
  controlsOf($modal)
    .find((control) => control.name === focus)
    ?.focus();
}

/** What the named controls hold, the widget's own among them. */
function readControls($root: JQuery): ControlValues {
  const values: Record<string, string | boolean> = {};
  for (const control of controlsOf($root)) {
    if (control.type === 'checkbox') values[control.name] = control.checked;
    else if (control.type !== 'radio' || control.checked) values[control.name] = control.value;
  }
  return values;
}

/** Puts values into the controls of their names; the answer are those that had another value. */
export function writeControls($root: JQuery, values: ControlValues): HTMLInputElement[] {
  return controlsOf($root).filter((control) => {
    const value = Object.hasOwn(values, control.name) ? values[control.name] : undefined;
    if (typeof value === 'boolean' || control.type === 'radio') {
      const checked = typeof value === 'boolean' ? value : value === control.value;
      if (value === undefined || control.checked === checked) return false;
      control.checked = checked;
      return true;
    }
    if (value === undefined || control.value === value) return false;
    control.value = value;
    return true;
  });
}

function controlsOf($root: JQuery): HTMLInputElement[] {
  const controls = $root.find(':input').toArray() as HTMLInputElement[];
  return controls.filter(({ name, type }) => name !== '' && type !== 'file');
}
