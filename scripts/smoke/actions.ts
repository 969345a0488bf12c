import type { Sandbox } from '../../src/sandbox/index.js';
import type { AccountPage } from './account-page.js';
import type { Visit } from './visits.js';

export interface Acting {
  readonly sandbox: Sandbox;
  readonly code: string;
  readonly note: (text: string) => void;
}

type Action = (account: AccountPage, acting: Acting) => Promise<void>;

/** What is typed where something has to be typed. */
export const typed = 'smoke';

/** What is done on the pages of some locations, with the account's own controls. */
export const actions: Readonly<Record<Exclude<Visit['then'], undefined>, Action>> = {
  async 'open the panel'({ page, click }, { code }) {
    await click(page.locator(`.card-widgets__slot[data-code="${code}"]`));
  },

  'mark rows': markRows,

  /** The demo account has no tasks. */
  async 'mark a task'(account, acting) {
    const tomorrow = Math.floor(Date.now() / 1000) + 86_400;
    await account.call('POST', '/api/v4/tasks', [{ text: typed, complete_till: tomorrow }]);
    await account.settle();
    await markRows(account, acting);
  },

  /** Opens its tab, looks for an element, links one and saves the card. */
  async 'use the tab'({ page, click, fill, press }, { code }) {
    // A widget that lacks a callback has none, of which the report tells.
    if (!(await click(page.locator(`[role=tab][data-id="${code}"]`)))) return;
    const pane = page.locator(`[role=tabpanel][data-id="${code}"]`);
    const isLinked = await click(pane.locator('.card-sdk__link'));
    const search = pane.locator('.card-sdk__search input:visible');
    await fill(search, typed);
    await press(search, 'Enter');
    if (isLinked) await click(page.locator('.card-save:not(.button-input-disabled)'));
  },

  async 'open an element'({ page, click }) {
    await click(page.locator('.js-open-element'));
  },

  async 'add a source'({ page, click }, { code }) {
    await click(page.locator('.js-add-source'));
    await click(page.locator(`.sources__widget[data-code="${code}"]`));
  },

  /** Makes a bot with one step of each handler of the widget, fills them in and saves it. */
  async 'add steps'({ page, click, fill }, { note }) {
    await click(page.locator('.js-new-bot'));
    const handlers = page.locator('.bot-handlers__item');
    for (let place = 0; ; place += 1) {
      await click(page.locator('.js-add-step'));
      if (await click(handlers.nth(place))) continue;
      await click(page.locator('.bot-handlers-modal .modal-body__close'));
      break;
    }
    const sources = page.locator('.bot-step .bot-field__source:visible');
    for (const source of await sources.all()) {
      // The first field of the lead; the one before it says that something is to be chosen.
      if ((await source.inputValue()) === '') await source.selectOption({ index: 1 });
    }
    await fill(page.locator('.bot-step .bot-field__typed:visible'), typed);
    if (!(await click(page.locator('.js-save-bot:not(.button-input-disabled)')))) {
      note('A bot with its steps could not be saved.');
    }
  },

  /** Adds the widget's trigger to a stage, fills it in and saves it, and moves a lead there. */
  async 'add a trigger'(account, { sandbox, code, note }) {
    const { page, click, fill } = account;
    const { context } = sandbox.server;
    await click(page.locator('.js-add-trigger'));
    await click(page.locator(`.choose-trigger__widget[data-widget-code="${code}"]`));
    const bubble = page.locator('.digital-pipeline__edit-bubble').first();
    await fill(bubble.locator('input.text-input:visible, textarea:visible'), typed);
    const isSaved = await click(bubble.locator('.js-trigger-save:not(.button-input-disabled)'));
    const trigger = [...context.account.dp_triggers.values()].find(({ widget_code }) => widget_code === code);
    if (trigger === undefined) {
      note(
        isSaved
          ? 'Its trigger could not be saved in the digital pipeline.'
          : 'Its trigger could not be saved in the digital pipeline: Save was not enabled when its fields were filled in.',
      );
      return;
    }
    const { status_ids, pipeline_id } = trigger;
    const lead = [...context.account.leads.values()].find(({ status_id }) => !status_ids.includes(status_id));
    await account.call('PATCH', `/api/v4/leads/${lead?.id ?? 0}`, { status_id: status_ids[0], pipeline_id });
    const isSent = (): boolean => context.traffic.entries().some(({ kind }) => kind === 'dp_hook');
    if (!(await account.holds(isSent))) note('No hook was sent for its trigger: dp.webhook_url is missing.');
  },
};

async function markRows({ page, click }: AccountPage, { code }: Acting): Promise<void> {
  await click(page.locator('#page_holder tbody label:has(.js-mark)'));
  await click(page.locator(`.list-actions__widget[data-code="${code}"]`));
}
