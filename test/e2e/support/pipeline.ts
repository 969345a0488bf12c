import type { Locator } from 'playwright-core';
import { type ConnectedAccount, stage } from './connected-account.js';

/** A lead of the demo account, with two contacts. */
export const bikes = 'City bikes for the office';

/** What an administrator does in the digital pipeline: a new trigger of the widget in the stage "Offer sent". */
export async function setUpTrigger(
  account: ConnectedAccount,
  write: (editor: Locator, bubble: Locator) => Promise<void>,
  { onlyMain = false } = {},
): Promise<void> {
  const { page } = account;
  await account.open('/settings/pipeline/leads');
  await stage(page, 'Offer sent').getByRole('button', { name: 'Add trigger' }).click();
  const choice = page.getByRole('dialog', { name: 'Choose a trigger' });
  await choice.getByRole('button', { name: 'Pipeline Messenger' }).click();
  const bubble = page.getByRole('group', { name: 'Pipeline Messenger', exact: true });
  // Until the editor is loaded, Kommo's own input has the name.
  await bubble.getByRole('button', { name: '{{contact_name}}', exact: true }).waitFor();
  await write(bubble.getByRole('textbox', { name: 'Message' }), bubble);
  if (onlyMain) await bubble.getByRole('checkbox', { name: 'Only to the main contact' }).press('Space');
  await bubble.getByRole('button', { name: 'Save', exact: true }).click();
  await bubble.waitFor({ state: 'detached' });
}

/** Drags a lead to the stage "Offer sent" on the board. */
export async function drag(account: ConnectedAccount, lead = bikes): Promise<void> {
  const { page } = account;
  await account.open('/leads/pipeline');
  await page.getByRole('group', { name: lead, exact: true }).dragTo(stage(page, 'Offer sent'));
  await stage(page, 'Offer sent').getByRole('group', { name: lead, exact: true }).waitFor();
}
