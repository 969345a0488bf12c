import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type bundleHost, type Sandbox, startSandbox } from '../../src/sandbox/index.js';
import type { WidgetFiles } from '../archive/files.js';
import { type AccountPage, openAccount } from './account-page.js';
import { addTrigger, actions } from './actions.js';
import { resultOf, type WidgetResult } from './result.js';
import { install, remove, saveSettings } from './settings.js';
import { visitsOf } from './visits.js';

export interface SmokeWidget {
  /** As it was given on the command line. */
  readonly path: string;
  readonly files: WidgetFiles;
  /** What could not be read of it. */
  readonly problems: readonly string[];
}

export interface SmokeOptions {
  readonly browser: Browser;
  /** Folder for pictures of every page. */
  readonly screenshots?: string | undefined;
  /** The account's pages, made once for all widgets. */
  readonly hostFiles: ReturnType<typeof bundleHost>;
}

/**
 * Takes a widget through an account of its own: install, settings, save, every location of its manifest, the digital
 * pipeline with an event, disable. What it did is in the result; a widget that the account refuses is one too.
 */
export async function smokeWidget(
  widget: SmokeWidget,
  { browser, screenshots, hostFiles }: SmokeOptions,
): Promise<WidgetResult> {
  const { path: name, files, problems } = widget;
  const sandbox = await startSandbox({ widgets: [{ files, label: name }], installed: false, hostFiles });
  const notes = problems.map((problem) => `Left out: ${problem}`);
  try {
    const [refused] = sandbox.refused;
    const [code] = sandbox.codes;
    if (refused !== undefined || code === undefined) {
      const reasons = (refused?.problems ?? []).map(({ file, message }) => `${file}: ${message}`);
      return { path: name, code: '', loaded: false, areas: [], errors: reasons, notes };
    }
    const account = await openAccount(browser, sandbox.url);
    try {
      await goThrough({ sandbox, account, code, notes, shot: shooter(account.page, code, screenshots) });
      await account.settle();
    } finally {
      await account.close();
    }
    return resultOf({ path: name, code }, sandbox.report.entries(), notes);
  } finally {
    await sandbox.close();
  }
}

interface Round {
  readonly sandbox: Sandbox;
  readonly account: AccountPage;
  readonly code: string;
  readonly notes: string[];
  readonly shot: (name: string) => Promise<void>;
}

async function goThrough({ sandbox, account, code, notes, shot }: Round): Promise<void> {
  const stored = () => sandbox.server.context.account.widgets.get(code);
  const note = (text: string): void => {
    notes.push(text);
  };

  await account.goTo(`/settings/widgets/${code}`);
  await shot('install');
  await install(account, stored, note);
  await saveSettings(account, stored, note);
  await shot('settings');
  if (stored()?.is_active !== true) {
    note(
      'It was not saved by hand, as it wants settings that are not known here; it was switched on for the rest.',
    );
    await account.call('POST', '/ajax/widgets/edit', {
      action: 'edit',
      code,
      widget_active: 'Y',
      settings: {},
    });
  }

  for (const visit of visitsOf({ code, manifest: stored()?.manifest ?? {} })) {
    await account.goTo(visit.path);
    if (visit.then === 'add a trigger') await addTrigger(account, { sandbox, code, note });
    else if (visit.then !== undefined) await actions[visit.then](account, { code, note });
    await shot(visit.path);
  }

  await account.goTo(`/settings/widgets/${code}`);
  await remove(account, stored, note);
  await account.goTo('/dashboard');
}

/** Writes a picture of the whole page, named by the widget and the place; nothing without a folder. */
function shooter(page: Page, code: string, folder: string | undefined): (name: string) => Promise<void> {
  let number = 0;
  return async (name) => {
    if (folder === undefined) return;
    number += 1;
    const place = name.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '');
    const file = `${code}-${String(number).padStart(2, '0')}-${place}.png`;
    await page.screenshot({ path: path.join(folder, file), fullPage: true });
  };
}
