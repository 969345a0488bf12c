import { escapeHtml } from '../../dom.js';
import type { Translate } from '../../words/words.js';
import type { SessionWidget } from '../../../wire.js';
import type { IntegrationsWord } from './words.js';

const states = ['install', 'not_configured', 'installed', 'error'] as const;

/** The state of an installation, on the tile and in the modal (`platform/widget.md §3.2`, `set_status`). */
export function stateHtml(
  { code, status }: Pick<SessionWidget, 'code' | 'status'>,
  t: Translate<IntegrationsWord>,
): string {
  return `<span class="widget-state widget-state_status_${status}" data-code="${escapeHtml(code)}">${escapeHtml(t(`state_${status}`))}</span>`;
}

/** `set_status` of a widget only changes the class: the words follow it. */
export function followStates($root: JQuery, t: Translate<IntegrationsWord>): void {
  for (const badge of $root.find('.widget-state').toArray()) {
    const observer = new MutationObserver(() => {
      const state = states.find((one) => badge.classList.contains(`widget-state_status_${one}`));
      badge.textContent = state === undefined ? '' : t(`state_${state}`);
    });
    observer.observe(badge, { attributes: true, attributeFilter: ['class'] });
  }
}
