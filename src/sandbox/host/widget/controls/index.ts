import { button } from './button.js';
import { cancelButton } from './cancel-button.js';
import { checkbox } from './checkbox.js';
import { checkboxesDropdown } from './checkboxes-dropdown.js';
import type { Control } from './control.js';
import { dateField } from './date-field.js';
import { deleteButton } from './delete-button.js';
import { file } from './file.js';
import { input } from './input.js';
import { multiselect } from './multiselect.js';
import { radio } from './radio.js';
import { select } from './select.js';
import { suggest } from './suggest.js';
import { switcher } from './switcher.js';
import { textarea } from './textarea.js';
import type { SystemControlName } from '../../../../kommo/controls.js';

export type { Control } from './control.js';

/** Every system control of `platform/widget.md §3.8`, by the name in `/tmpl/controls/<name>.twig`. */
export const controls: Readonly<Record<SystemControlName, Control>> = {
  button,
  cancel_button: cancelButton,
  delete_button: deleteButton,
  input,
  textarea,
  checkbox,
  checkboxes_dropdown: checkboxesDropdown,
  radio,
  select,
  multiselect,
  suggest,
  date_field: dateField,
  file,
  switcher,
};

/** Other names that widgets have for a control (CODE). How their titles differ is not documented; here they don't. */
export const controlVariants: Readonly<Record<string, SystemControlName>> = {
  'checkboxes_dropdown/index': 'checkboxes_dropdown',
  'checkboxes_dropdown/values_title': 'checkboxes_dropdown',
};

/** Starts the behaviour of all controls on the page. */
export function watchControls(): void {
  for (const control of Object.values(controls)) control.watch?.();
}
