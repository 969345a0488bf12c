import type { Sandbox } from '../../src/sandbox/index.js';
import type { AccountPage } from './account-page.js';
import type { Visit } from './visits.js';

interface Acting {
  readonly code: string;
  readonly note: (text: string) => void;
}

type Action = (account: AccountPage, acting: Acting) => Promise<void>;

/** What is done on the pages of some locations, with the widget's own controls by its name or its code. */
export const actions: Readonly<Record<Exclude<Visit['then'], undefined | 'add a trigger'>, Action>> = {
  async 'mark rows'(account, { code }) {
    await account.click(account.page.locator('#page_holder tbody input[type=checkbox]'));
    await account.click(account.page.locator(`[data-widget-action="${code}"]:visible`));
  },
  async 'open the tab'(account, { code, note }) {
    if (!(await account.click(account.page.locator(`[role=tab][data-widget-code="${code}"]`)))) {
      note('The card shows no tab for card_sdk: all four of its callbacks are needed.');
    }
  },
  async 'open an element'(account) {
    await account.click(account.page.locator('#page_holder tbody button'));
  },
  async 'add a source'(account, { code }) {
    await account.click(account.page.getByRole('button', { name: 'Add source' }));
    await account.click(account.page.locator(`[data-widget-code="${code}"]:visible`));
  },
  async 'add a step'(account, { code }) {
    await account.click(account.page.getByRole('button', { name: 'New bot' }));
    await account.click(account.page.getByRole('button', { name: 'Add step' }));
    await account.click(account.page.locator(`[data-widget-code="${code}"]:visible`));
    await account.click(account.page.getByRole('button', { name: 'Save', exact: true }));
  },
};

/** Adds the widget's trigger to a stage, fills and saves it, and moves a lead there. */
export async function addTrigger(
  account: AccountPage,
  { sandbox, code, note }: Acting & { readonly sandbox: Sandbox },
): Promise<void> {
  const { page } = account;
  const { context } = sandbox.server;
  await account.click(page.getByRole('button', { name: 'Add trigger' }));
  await account.click(page.locator(`[data-widget-code="${code}"]:visible`));
  const bubble = page.locator('[data-action=send_widget_hook]').first();
  for (const input of await bubble.locator('input.text-input:visible, textarea:visible').all()) {
    await input.fill('smoke').catch(() => undefined);
  }
  await account.click(bubble.locator('.js-trigger-save'));
  const trigger = () =>
    [...context.account.dp_triggers.values()].find(({ widget_code }) => widget_code === code);
  if (!(await account.holds(() => trigger() !== undefined))) {
    note('Its trigger could not be saved in the digital pipeline.');
    return;
  }
  const { status_ids = [], pipeline_id = null } = trigger() ?? {};
  const lead = [...context.account.leads.values()].find(({ status_id }) => !status_ids.includes(status_id));
  await account.call('PATCH', `/api/v4/leads/${lead?.id ?? 0}`, { status_id: status_ids[0], pipeline_id });
  const isSent = (): boolean => context.traffic.entries().some(({ kind }) => kind === 'dp_hook');
  if (!(await account.holds(isSent))) note('No hook was sent for its trigger: dp.webhook_url is missing.');
}
