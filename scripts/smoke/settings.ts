import type { AccountPage } from './account-page.js';
import { typed } from './actions.js';

/** The widget as the account has stored it. */
type Stored = () => { readonly status: string; readonly is_active: boolean } | undefined;
type Note = (text: string) => void;

/** Presses Install in the open modal, with something typed into every field that shows. */
export async function install(account: AccountPage, stored: Stored, note: Note): Promise<void> {
  await fillFields(account);
  if (!(await account.click(account.page.locator('.install-widget__button:visible')))) {
    note('The settings modal has no button to install it.');
  } else if (stored()?.status === 'install') {
    note('It was not installed: onSave did not agree, or is missing.');
  }
}

/** Presses Save in the open modal once the fields are filled. */
export async function saveSettings(account: AccountPage, stored: Stored, note: Note): Promise<void> {
  if (stored()?.status === 'installed') return;
  await fillFields(account);
  const save = account.page.locator('.js-widget-save:visible:not(.button-input-disabled)');
  if ((await account.click(save)) && stored()?.status !== 'installed') {
    note('onSave did not agree to the settings.');
  }
}

/** Presses Uninstall in the open modal. */
export async function remove(account: AccountPage, stored: Stored, note: Note): Promise<void> {
  const uninstall = account.page.locator('.js-widget-uninstall:visible');
  const isOff = (): boolean => stored()?.is_active === false;
  if (!(await account.click(uninstall)) || !(await account.holds(isOff))) {
    note('It could not be switched off in its settings.');
  }
}

/** Types something into the account's own inputs that are empty. Those that the widget has drawn stay as they are. */
async function fillFields({ page, fill }: AccountPage): Promise<void> {
  await fill(page.locator('#widget_settings__fields_wrapper input.text-input:visible'), typed);
}
