import type { WidgetInstance } from '../../kommo/widget.js';

/** Before it is installed the backend knows nothing of the account, and the platform has no token for it. */
export function isBeforeInstall(widget: Partial<Pick<WidgetInstance, 'get_install_status'>>): boolean {
  try {
    return widget.get_install_status?.() === 'install';
  } catch {
    return false;
  }
}
