import type { LocationCode } from '../../../../kommo/locations.js';
import { $ } from '../../jquery.js';
import type { Host } from '../../host.js';
import { createPanel } from '../card/panel.js';
import { cardWords } from '../card/words.js';

export interface ListPanel {
  readonly $panel: JQuery;
  readonly unfold: (code: string) => void;
  close(): void;
}

/**
 * The right-hand panel of a list. It opens together with the overlay that a widget asks for with
 * `widgetsOverlay(true)` (`platform/widget.md §3.2`), and both go when the overlay is clicked or Escape is pressed.
 */
export function createListPanel(host: Host, location: LocationCode): ListPanel {
  const panel = createPanel(host, host.words(cardWords), location);
  let hadOverlay = false;
  const observer = new MutationObserver(() => {
    const hasOverlay = $('#widgets_overlay').length > 0;
    if (hasOverlay === hadOverlay) return;
    hadOverlay = hasOverlay;
    panel.open(hasOverlay);
  });
  observer.observe(document.body, { childList: true });
  const dismiss = (): void => {
    $('#widgets_overlay').remove();
  };
  $(document)
    .on('click.host-list', '#widgets_overlay', dismiss)
    .on('keydown.host-list', (event) => {
      if (event.key === 'Escape' && !event.isDefaultPrevented()) dismiss();
    });
  return {
    $panel: panel.$panel,
    unfold: (code) => {
      panel.unfold(code);
    },
    close() {
      observer.disconnect();
      $(document).off('.host-list');
      dismiss();
      panel.close();
    },
  };
}
