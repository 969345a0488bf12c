import { draw } from '../../dom.js';
import { $ } from '../../jquery.js';
import { listSelection } from '../../app/selection.js';
import type { MethodParts } from '../base.js';
import { deferredOf } from './deferred.js';

/** What a widget asks the open card or list (`platform/widget.md §3.2`). */
export function cardMethods({ app }: MethodParts) {
  return {
    /** Nobody outside a card. */
    get_current_card_contacts_data: () => {
      const contacts = app.card.contacts.map((contact) => ({
        ...contact,
        phones: [...contact.phones],
        emails: [...contact.emails],
      }));
      return deferredOf(Promise.resolve(contacts));
    },
    list_selected: () => listSelection(app.selection),
    /** The overlay lies over the page and behind the right-hand panel. */
    widgetsOverlay(shown: unknown) {
      $('#widgets_overlay').remove();
      if (shown === true || shown === 'show') {
        draw('<div id="widgets_overlay" class="widgets-overlay"></div>').appendTo('body');
      }
    },
  };
}
