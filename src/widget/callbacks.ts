import type { Callbacks } from '../kommo/callbacks.js';
import type { WidgetInstance } from '../kommo/widget.js';
import { createDpForms } from './dp-forms.js';
import { createNotify } from './notify.js';
import { createOnDemand } from './on-demand.js';
import { answerSave } from './on-save.js';
import { createSettingsModal } from './settings-modal.js';
import { createWords } from './words.js';

/**
 * Everything that the platform calls. The documentation and the platform disagree about the order of `render`,
 * `init` and `bind_actions` (`platform/widget.md §4.2`), so none of them does anything that another relies on.
 */
export function createCallbacks(widget: WidgetInstance): Callbacks {
  const words = createWords(widget);
  const notify = createNotify(words);
  const onDemand = createOnDemand(widget);
  const context = { widget, words, notify, onDemand };
  const dpForms = createDpForms(context);
  const settingsModal = createSettingsModal(context);

  return {
    render: () => true,
    init: () => true,
    bind_actions: () => true,

    settings($body) {
      settingsModal.open($body);
    },

    dpSettings() {
      dpForms.open();
      return true;
    },

    onSave: (event) => answerSave(event, { words, notify, save: settingsModal.save }),

    destroy() {
      settingsModal.close();
      dpForms.close();
      onDemand.release();
    },
  };
}
