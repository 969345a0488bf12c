import { $ } from '../../jquery.js';
import type { Control } from './control.js';
import { additional, attributes, classes, flags, oneLine, style } from './twig.js';

/** It grows with its text, by CSS; where the browser cannot, by this handler. */
export const textarea: Control = {
  source: oneLine(`
    <textarea${attributes('id')} class="text-input text-input-textarea${classes('class_name')}"${attributes('tabindex=tab_index')}
      name="{{ name|escape }}" placeholder="{{ placeholder|escape }}"${style}${flags('disabled', 'readonly')}${additional}>
      {{ value|escape }}</textarea>`),

  watch() {
    if (CSS.supports('field-sizing', 'content')) return;
    $(document).on('input.host focusin.host', 'textarea.text-input-textarea', (event) => {
      const field = event.currentTarget as HTMLTextAreaElement;
      field.style.height = 'auto';
      field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
    });
  },
};
