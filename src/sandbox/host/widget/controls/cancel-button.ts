import type { Control } from './control.js';
import { attributes, classes, oneLine } from './twig.js';

export const cancelButton: Control = {
  source: oneLine(`
    <button type="button" class="button-input button-cancel${classes('class_name')}"${attributes('tabindex=tab_index', 'id')}
      {% if hidden %} style="display: none"{% endif %}><span>{{ text }}</span></button>`),
  prepare: ({ text }, t) => ({ text: text ?? t('cancel') }),
};
