import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import type { WidgetFiles } from '../../../scripts/archive/files.js';
import { readFolder } from '../../../scripts/archive/read-folder.js';
import { saveWidgetSettings } from '../../../src/sandbox/account/widgets/installation.js';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/index.js';
import { type SmallWidget, widgetFiles } from '../../support/small-widget.js';
import { launchBrowser, type TestBrowser, type WatchedPage } from './browser.js';
import { sharedHost } from './shared-host.js';

/** The code of our widget in the account: one that it cannot count on. */
export const ours = 'some_widget';

/** The folder of our widget's files in the account, as a pattern of Playwright. */
export const ourFiles = `**/upl/${ours}/widget`;

/** Another widget, with a trigger field of a name that ours has too. It leaves a timer behind wherever it was. */
const neighbour: SmallWidget = {
  locations: ['settings', 'everywhere', 'digital_pipeline'],
  script: 'this.callbacks.init = function () { setInterval($.noop, 60000); return true; };',
};
const neighbourTimer = 'timer: setInterval of 60000 ms';

/** Ids of the triggers that stand in the digital pipeline, all without settings. */
export const triggers = { first: 1, second: 2, ofNeighbour: 3 } as const;

export interface WidgetAccountOptions {
  /** An unpacked archive; by default the packed one of our widget. */
  readonly files?: WidgetFiles;
  /** Whether ours is installed, with which settings. Default true. */
  readonly installed?: boolean;
  readonly settings?: Readonly<Record<string, string>>;
  readonly switches?: SandboxOptions['switches'];
}

/** Opens accounts that have our widget and a neighbour, one for each test. */
export function useWidgetAccount(): (options?: WidgetAccountOptions) => Promise<WidgetAccount> {
  let browser: TestBrowser;
  const opened: WidgetAccount[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    for (const { page, sandbox } of opened.splice(0)) {
      await page.context().close();
      await sandbox.close();
    }
  });
  return async (options) => {
    const account = new WidgetAccount(await startAccount(options), await browser.newPage());
    opened.push(account);
    return account;
  };
}

async function startAccount({
  files,
  installed = true,
  settings = {},
  switches = {},
}: WidgetAccountOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({
    hostFiles: sharedHost(),
    widgets: [
      { files: files ?? (await readFolder(inject('packedWidget'))).files, label: ours, code: ours },
      { files: widgetFiles(neighbour), label: 'neighbour' },
    ],
    installed: false,
    switches,
  });
  if (sandbox.refused.length > 0) throw new Error(JSON.stringify(sandbox.refused));
  const { widgets, dp_triggers } = sandbox.server.context.account;
  for (const [code, widget] of widgets) {
    if (code !== ours) saveWidgetSettings(widget, {});
    else if (installed) saveWidgetSettings(widget, settings);
  }
  for (const [id, widget_code] of [
    [triggers.first, ours],
    [triggers.second, ours],
    [triggers.ofNeighbour, 'neighbour'],
  ] as const) {
    dp_triggers.set(id, {
      id,
      widget_code,
      event_code: 15,
      element_type: 2,
      pipeline_id: 50,
      status_ids: [502],
      delay_seconds: 0,
      settings: {},
    });
  }
  return sandbox;
}

/** The pages of an account as an administrator uses them. */
export class WidgetAccount {
  readonly sandbox: Sandbox;
  readonly watched: WatchedPage;
  readonly page: Page;

  constructor(sandbox: Sandbox, watched: WatchedPage) {
    this.sandbox = sandbox;
    this.watched = watched;
    this.page = watched.page;
  }

  /** Sets the language of the user; pages that are opened from now on have it. */
  speak(language: string): void {
    const { account } = this.sandbox.server.context;
    const user = account.users.get(account.current_user_id);
    if (user !== undefined) user.lang = language;
  }

  /** Loads the digital pipeline from scratch. */
  async openPipeline(): Promise<void> {
    await this.#open('/settings/pipeline/leads');
  }

  /** Loads Settings → Integrations from scratch, with the modal closed. */
  async openIntegrations(): Promise<void> {
    await this.#open('/settings/widgets');
  }

  /** Loads Settings → Integrations from scratch, with our widget's modal open. */
  async openSettings(): Promise<Locator> {
    await this.#open(`/settings/widgets/${ours}`);
    return this.settings();
  }

  /** Opens the bubble of a trigger. */
  async openTrigger(id: number): Promise<Locator> {
    await this.#item(id).getByRole('button').first().click();
    await this.bubble(id).waitFor();
    return this.bubble(id);
  }

  /** The element with `data-action=send_widget_hook` of an open trigger (`platform/widget.md §5.2`). */
  bubble(id: number): Locator {
    return this.#item(id).locator('[data-action=send_widget_hook]');
  }

  /** The account's own control of a field in an open bubble. */
  field(id: number, name: string): Locator {
    return this.bubble(id).locator(`input[name="${name}"]`);
  }

  /** Saves and waits for the bubble to close. */
  async saveTrigger(id: number): Promise<void> {
    await this.bubble(id).getByRole('button', { name: 'Save' }).click();
    await this.bubble(id).waitFor({ state: 'detached' });
  }

  /** What the account has stored for a trigger. */
  storedTrigger(id: number): Readonly<Record<string, unknown>> | undefined {
    return this.sandbox.server.context.account.dp_triggers.get(id)?.settings;
  }

  /** The open modal. */
  settings(): Locator {
    return this.page.getByRole('dialog');
  }

  /** The account's own control of a setting. */
  setting(name: string): Locator {
    return this.settings().locator(`input[name="${name}"]`);
  }

  /** The installation of our widget as the account has it. */
  installation(): { readonly status: string; readonly settings: Readonly<Record<string, unknown>> } {
    const widget = this.sandbox.server.context.account.widgets.get(ours);
    if (widget === undefined) throw new Error('The account has lost our widget.');
    return widget;
  }

  async closeSettings(): Promise<void> {
    await this.settings().getByRole('button', { name: 'Close' }).click();
    await this.settings().waitFor({ state: 'detached' });
  }

  /** Messages that widgets have shown. */
  notifications(): Locator {
    return this.page.locator('#notifications').getByRole('alert');
  }

  /** Calls a callback of our live widget once more, as the platform may. */
  async repeat(callback: 'settings' | 'dpSettings' | 'destroy'): Promise<void> {
    await this.page.evaluate(
      ([code, name]) => {
        const { list } = (window as unknown as { APP: { widgets: { list: Record<string, LiveWidget> } } }).APP
          .widgets;
        list[code]?.callbacks[name]?.(
          ...(name === 'settings' ? [$('.widget-settings__desc-space'), {}] : []),
        );
      },
      [ours, callback] as const,
    );
  }

  /**
   * Goes to another page of the account, whatever is open, and gives what our widget left behind there:
   * `timer: setInterval of 1000 ms`.
   */
  async leave(): Promise<readonly string[]> {
    await this.page.locator('#left_menu a[href="/dashboard"]').first().dispatchEvent('click');
    // Leftovers of all widgets are counted and told together, so that nothing of ours is still to come.
    await expect.poll(() => this.#breaches('neighbour')).toContain(neighbourTimer);
    return this.#breaches(ours);
  }

  #breaches(code: string): readonly string[] {
    return this.sandbox.report
      .entries()
      .flatMap((entry) =>
        entry.kind === 'breach' && entry.widget === code ? [`${entry.breach}: ${entry.detail}`] : [],
      );
  }

  #item(id: number): Locator {
    return this.page.locator(`.digital-pipeline__item[data-process-id="${id}"]`);
  }

  async #open(path: string): Promise<void> {
    await this.page.goto(this.sandbox.url + path);
    await this.page.locator('html[data-sandbox=ready]').waitFor();
  }
}

interface LiveWidget {
  readonly callbacks: Readonly<Record<string, (...args: unknown[]) => unknown>>;
}

/** Whether a Save button of the platform can be pressed (`platform/widget.md §6`). */
export async function isSaveActive(within: Locator): Promise<boolean> {
  const button = within.getByRole('button', { name: 'Save' });
  return !((await button.getAttribute('class')) ?? '').includes('button-input-disabled');
}
