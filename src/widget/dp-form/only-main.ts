import $ from 'jquery';
import { isOnlyMain, onlyMainChecked } from '../../contract/dp-settings.js';
import type { DpField } from './field.js';
import type { DpFormContext } from './index.js';
import { root } from './root.js';

/** The check box "only to the main contact" in the platform's own markup. Returns what takes it away. */
export function createOnlyMain(field: DpField, { widget, words }: DpFormContext): () => void {
  const control = root('only-main');
  control.innerHTML = widget.render(
    { ref: '/tmpl/controls/checkbox.twig' },
    { text: words('dp.settings.only_main.name'), value: onlyMainChecked },
  );
  const $box = $(control).find('input[type=checkbox]');
  if ($box.length === 0) throw new Error('checkbox.twig of the platform drew no check box');
  // Without a name the platform collects Kommo's own input alone.
  $box.removeAttr('name').removeAttr('id');

  const show = (checked: boolean): void => {
    $box.prop('checked', checked).closest('.control-checkbox').toggleClass('is-checked', checked);
  };
  show(isOnlyMain(field.read()));
  $box.on('change', () => {
    field.write($box.prop('checked') ? onlyMainChecked : '');
  });
  field.onChange((value) => {
    show(isOnlyMain(value));
  });

  // The check box says what Kommo's label above it would say a second time.
  field.hideTitle();
  field.append(control);
  return () => {
    $(control).remove();
  };
}
