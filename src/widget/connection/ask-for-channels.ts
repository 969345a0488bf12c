import type { AuthorizedRequest, WidgetInstance } from '../../kommo/widget.js';
import { isBeforeInstall } from './before-install.js';

/** The panel's first question to the backend (`GET /connections`), where it can be asked. */
export function askForChannels(
  widget: Partial<Pick<WidgetInstance, '$authorizedAjax' | 'get_install_status'>>,
  address: string,
): AuthorizedRequest | undefined {
  if (isBeforeInstall(widget)) return undefined;
  try {
    return widget.$authorizedAjax?.({ url: `${address}/connections`, dataType: 'json', timeout: 20_000 });
  } catch {
    // The panel asks again, and tells how that ended.
    return undefined;
  }
}
