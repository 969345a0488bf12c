import { escapeHtml } from '../../dom.js';
import type { Translate } from '../../words/words.js';
import type { SessionWidget } from '../../../wire.js';
import type { IntegrationsWord } from './words.js';

const states = ['install', 'not_configured', 'installed', 'error'] as const;

/** The state of an installation, on the tile and in the modal (`platform/widget.md §3.2`, `set_status`). */
export function stateHtml(
  widget: Pick<SessionWidget, 'code' | 'status' | 'is_active'>,
  t: Translate<IntegrationsWord>,
): string {
  const { code, status } = widget;
  return `<span class="widget-state widget-state_status_${status}" data-code="${escapeHtml(code)}"${isOff(widget) ? ' data-off' : ''}>${escapeHtml(t(isOff(widget) ? 'state_off' : `state_${status}`))}</span>`;
}

/** Gives a badge the state as it is now. */
export function showState($badge: JQuery, widget: Pick<SessionWidget, 'status' | 'is_active'>): void {
  for (const badge of $badge.toArray()) {
    badge.toggleAttribute('data-off', isOff(widget));
    badge.className = `widget-state widget-state_status_${widget.status}`;
  }
}

/** `set_status` of a widget only changes the class: the words follow it. */
export function followStates($root: JQuery, t: Translate<IntegrationsWord>): void {
  for (const badge of $root.find('.widget-state').toArray()) {
    const observer = new MutationObserver(() => {
      const state = states.find((one) => badge.classList.contains(`widget-state_status_${one}`));
      const isOffNow = state === 'installed' && badge.hasAttribute('data-off');
      badge.textContent = state === undefined ? '' : t(isOffNow ? 'state_off' : `state_${state}`);
    });
    observer.observe(badge, { attributes: true, attributeFilter: ['class'] });
  }
}

/** Installed and saved, but its switch is off. */
function isOff({ status, is_active }: Pick<SessionWidget, 'status' | 'is_active'>): boolean {
  return status === 'installed' && !is_active;
}
