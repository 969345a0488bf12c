import { $ } from '../../jquery.js';
import type { Control } from './control.js';
import { attributes, classes, oneLine } from './twig.js';

export const deleteButton: Control = {
  source: oneLine(`
    <span class="button-delete${classes('class_name')}"${attributes('id')} role="button" tabindex="0">
      <span class="icon icon-delete-trash" aria-hidden="true"></span> {{ text }}</span>`),
  prepare: ({ text }, t) => ({ text: text ?? t('delete') }),
  watch() {
    $(document).on('keydown.host', '.button-delete', (event) => {
      if (event.target !== event.currentTarget || (event.key !== 'Enter' && event.key !== ' ')) return;
      event.preventDefault();
      (event.currentTarget as HTMLElement).click();
    });
  },
};
