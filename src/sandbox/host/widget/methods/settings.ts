import { $ } from '../../jquery.js';
import type { MethodParts } from '../base.js';

const statuses = ['install', 'installed', 'error'];

/** Settings, version and status of a widget (`platform/widget.md §3.2`). */
export function settingsMethods({ code, settings, fault }: MethodParts) {
  return {
    /** The same object as `get_settings()`. */
    params: settings,
    get_settings: () => settings,
    /** For this page only: a Save stores settings. */
    set_settings(more: Record<string, unknown>) {
      Object.assign(settings, more);
    },
    get_version: () => settings['version'],
    get_install_status: () => settings['status'],
    /** Shown wherever the page has an element `.widget-state[data-code=<code>]`: in the settings and on the tile. */
    set_status(status: unknown) {
      if (typeof status !== 'string' || !statuses.includes(status)) {
        fault(new Error(`set_status: one of ${statuses.join(', ')} was expected, not ${String(status)}.`));
        return;
      }
      $(`.widget-state[data-code="${code}"]`)
        .removeClass([...statuses, 'not_configured'].map((one) => `widget-state_status_${one}`).join(' '))
        .addClass(`widget-state_status_${status}`);
    },
  };
}
