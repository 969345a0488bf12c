import type { Locator } from 'playwright-core';
import type {
  Area,
  HostApi,
  Leftovers,
  PageOptions,
  RecordedCall,
  RecordedSave,
} from '../host/public/types.js';
import type { Host } from '../host/server.js';
import { launchBrowser, type TestBrowser, type WatchedPage } from './browser.js';

/** What {@link KommoPage.leftovers} gives when a widget left nothing behind. */
export const noLeftovers: Leftovers = {
  handlers: [],
  listeners: [],
  nodes: [],
  tags: [],
  intervals: 0,
  globals: [],
  appWrites: [],
};

/** Kommo as a person uses it; triggers of the widget are numbered 1 to 3, and 0 belongs to another widget. */
export class KommoPage {
  readonly watched: WatchedPage;
  readonly #host: Host;

  constructor(watched: WatchedPage, host: Host) {
    this.watched = watched;
    this.#host = host;
  }

  get page(): WatchedPage['page'] {
    return this.watched.page;
  }

  /** Loads the digital pipeline from scratch; what the account has stored is there again. */
  async openPipeline(options: Partial<Omit<PageOptions, 'area'>> = {}): Promise<void> {
    await this.#load({ area: 'pipeline', ...options });
  }

  /** Loads Settings → Integrations from scratch, with the modal closed. */
  async openIntegrations(options: Partial<Omit<PageOptions, 'area'>> = {}): Promise<void> {
    await this.#load({ area: 'settings', ...options });
  }

  /** Goes to another area within the page, as Kommo does: the widget's module stays loaded. */
  async switchArea(area: Area): Promise<void> {
    await this.page.evaluate((to) => (window as unknown as { host: HostApi }).host.open(to), area);
  }

  /** Opens the bubble of a trigger and waits until `dpSettings` returned. */
  async openTrigger(number: number): Promise<Locator> {
    await this.#item(number).locator('.digital-pipeline__short-task').click();
    await this.bubble(number).waitFor();
    return this.bubble(number);
  }

  /** The element with `data-action=send_widget_hook` of an open trigger. */
  bubble(number: number): Locator {
    return this.#item(number).locator('[data-action=send_widget_hook]');
  }

  /** The platform's own control of a field in an open bubble. */
  field(number: number, name: string): Locator {
    return this.bubble(number).locator(`input[name="${name}"]`);
  }

  async isTriggerSaveActive(number: number): Promise<boolean> {
    return isActive(this.bubble(number).locator('.js-trigger-save'));
  }

  /** Clicks Save and waits for the bubble to close; throws when Save is not active. */
  async saveTrigger(number: number): Promise<void> {
    await press(this.bubble(number).locator('.js-trigger-save'));
    await this.bubble(number).waitFor({ state: 'detached' });
  }

  async cancelTrigger(number: number): Promise<void> {
    await this.bubble(number).locator('.js-trigger-cancel').click();
    await this.bubble(number).waitFor({ state: 'detached' });
  }

  /** What the account has stored for a trigger. */
  storedSettings(number: number): Record<string, string> | undefined {
    return this.#host.account.triggers[number];
  }

  /** Opens the settings modal, from wherever the page is, and waits until `settings` returned. */
  async openSettings(options?: Partial<Omit<PageOptions, 'area'>>): Promise<Locator> {
    if (options !== undefined || !this.page.url().startsWith(this.#host.url))
      await this.openIntegrations(options);
    else if ((await this.page.locator('.widget-card').count()) === 0) await this.switchArea('settings');
    await this.page.locator('.widget-card').click();
    await this.page.locator('.widget-settings__modal[data-ready]').waitFor();
    return this.settings();
  }

  /** The open modal. */
  settings(): Locator {
    return this.page.locator('.widget-settings__modal');
  }

  setting(name: string): Locator {
    return this.settings().locator(`input[name="${name}"]`);
  }

  async closeSettings(): Promise<void> {
    await this.settings().locator('.modal-body__close').click();
    await this.settings().waitFor({ state: 'detached' });
  }

  async isSettingsSaveActive(): Promise<boolean> {
    return isActive(this.settings().locator('.js-widget-save'));
  }

  /** Clicks Save and waits for what becomes of it; throws when Save is not active. */
  async saveSettings(): Promise<RecordedSave> {
    return this.#afterSave(() => press(this.settings().locator('.js-widget-save')));
  }

  async install(): Promise<RecordedSave> {
    return this.#afterSave(() => this.settings().locator('.install-widget__button').click());
  }

  async uninstall(): Promise<RecordedSave> {
    return this.#afterSave(() => this.settings().locator('.js-widget-uninstall').click());
  }

  /** Turns the switch of the modal over; it takes a Save to store it. */
  async toggleActive(): Promise<void> {
    await this.settings().locator('.switcher').click();
  }

  /** Destroys the widget as a change of area does, with the page kept as it is for {@link leftovers}. */
  async leaveArea(): Promise<void> {
    await this.page.evaluate(() => {
      (window as unknown as { host: HostApi }).host.leaveArea();
    });
  }

  /** Calls `settings` or `dpSettings` of the live widget once more. */
  async repeat(callback: 'settings' | 'dpSettings'): Promise<void> {
    await this.page.evaluate((name) => {
      (window as unknown as { host: HostApi }).host.repeat(name);
    }, callback);
  }

  async isLoaded(): Promise<boolean> {
    return this.page.evaluate(() => (window as unknown as { host: HostApi }).host.isLoaded());
  }

  /** Calls of `APP.notifications`, e.g. `{ name: 'show_message_error', arguments: [{ header, text }] }`. */
  async notifications(): Promise<RecordedCall[]> {
    return this.page.evaluate(() => (window as unknown as { host: HostApi }).host.notifications);
  }

  /** Calls of the widget's callbacks, in order. */
  async callbacks(): Promise<RecordedCall[]> {
    return this.page.evaluate(() => (window as unknown as { host: HostApi }).host.callbacks);
  }

  /** What the page holds now that it did not hold before the widget was loaded. */
  async leftovers(): Promise<Leftovers> {
    return this.page.evaluate(() => (window as unknown as { host: HostApi }).host.leftovers());
  }

  async #load({ area, revision = 2, language = 'en', theme = 'light' }: Partial<PageOptions>): Promise<void> {
    const query = new URLSearchParams({ area: area ?? 'empty', revision: String(revision), language, theme });
    await this.page.goto(`${this.#host.url}/?${query.toString()}`);
    const state = await this.page.waitForFunction(() => {
      const { failed } = document.documentElement.dataset;
      return (window as unknown as { host?: HostApi }).host === undefined ? failed : 'ready';
    });
    const outcome = await state.jsonValue();
    if (outcome !== 'ready') throw new Error(`The page of Kommo did not start: ${outcome ?? 'unknown'}`);
  }

  #item(number: number): Locator {
    return this.page.locator(`.digital-pipeline__item[data-trigger="${number}"]`);
  }

  async #afterSave(click: () => Promise<void>): Promise<RecordedSave> {
    const before = await this.page.evaluate(() => (window as unknown as { host: HostApi }).host.saves.length);
    await click();
    const save = await this.page.waitForFunction(
      (count) => (window as unknown as { host: HostApi }).host.saves[count],
      before,
    );
    return (await save.jsonValue()) as RecordedSave;
  }
}

/** A browser with one page of Kommo, for the tests of one host. */
export async function openKommo(host: Host, browser?: TestBrowser): Promise<KommoPage & AsyncDisposable> {
  const own = browser ?? (await launchBrowser());
  const kommo = new KommoPage(await own.newPage(), host);
  return Object.assign(kommo, {
    [Symbol.asyncDispose]: () => (browser === undefined ? own.close() : kommo.page.context().close()),
  });
}

async function isActive(button: Locator): Promise<boolean> {
  return !/button-input-disabled/.test((await button.getAttribute('class')) ?? '');
}

async function press(button: Locator): Promise<void> {
  if (!(await isActive(button)))
    throw new Error('Save is not active: no form control of the platform has changed.');
  await button.click();
}
