import { readControls, refillControls, type ControlValues } from '../../kept-controls.js';

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

/** Without a change since the last Save everything is stored, and the widget draws it again by itself. */
export function captureModal($modal: JQuery, code: string, isChanged: boolean): ModalState {
  return {
    code,
    values: isChanged ? readControls($modal) : {},
    isChanged,
    isTourSkipped: $modal.find('.widget-tour').length === 0,
    scroll: $modal.find('.modal-scroller').scrollTop(),
    focus: (document.activeElement as HTMLInputElement | null)?.name,
  };
}

/** Brings back the rest once `settings` was called: the widget's own controls, also those that it draws later. */
export function resumeModal($modal: JQuery, { values, scroll, focus }: ModalState): void {
  refillControls($modal, { values, focus });
  $modal.find('.modal-scroller').scrollTop(scroll);
}
