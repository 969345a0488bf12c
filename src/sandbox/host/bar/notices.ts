import { make, makeButton } from './make.js';

export interface Notices {
  readonly element: HTMLElement;
  /** What is wrong with the newest files; an empty list takes it away. */
  readonly build: (faults: readonly string[]) => void;
  readonly lost: () => void;
  /** Something that the bar was asked for went wrong. */
  readonly failed: (error: unknown) => void;
}

/** Strips above the bar: faults in the widgets' files, a lost connection, a refused call. */
export function createNotices(): Notices {
  const faults = make('pre', { tabindex: 0 });
  const build = make(
    'div',
    { class: 'notice build', hidden: true },
    make('strong', {}, 'Faults in the newest files'),
    faults,
  );
  const lost = make(
    'div',
    { class: 'notice', hidden: true },
    make('strong', {}, 'No connection'),
    make('p', {}, 'The sandbox does not answer. This page reloads by itself when it is back.'),
  );
  const reason = make('p');
  const failed = make(
    'div',
    { class: 'notice', hidden: true },
    make('strong', {}, 'Not done'),
    reason,
    makeButton('Dismiss', () => {
      failed.hidden = true;
    }),
  );
  return {
    // One live region that is there from the start: what is put into it later is read out.
    element: make('div', { role: 'alert' }, build, lost, failed),
    build(lines) {
      faults.textContent = lines.join('\n');
      build.hidden = lines.length === 0;
    },
    lost() {
      lost.hidden = false;
    },
    failed(error) {
      reason.textContent = error instanceof Error ? error.message : String(error);
      failed.hidden = false;
    },
  };
}
