import type { Browser } from 'playwright-core';
import { type bundleHost, type Sandbox, startSandbox } from '../../src/sandbox/index.js';
import type { WidgetFiles } from '../archive/files.js';
import { type AccountPage, openAccount, PageLost } from './account-page.js';
import { actions } from './actions.js';
import { inTime } from './in-time.js';
import { madeUpSettings } from './made-up-settings.js';
import { shooter, type Shoot } from './pictures.js';
import { resultOf, type WidgetResult } from './result.js';
import { install, remove, saveSettings } from './settings.js';
import { visitsOf } from './visits.js';

/** A round that takes longer than this does not get to its end, in milliseconds; on a busy machine one takes a minute. */
const roundPatience = 240_000;

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
    const place = { path: '' };
    const lost: string[] = [];
    try {
      const round = { sandbox, account, code, notes, place, shoot: shooter(account, code, screenshots) };
      await inTime(
        goThrough(round).then(() => account.finish()),
        roundPatience,
        () => new PageLost(`It was not done after ${roundPatience / 1000} s.`),
      );
    } catch (error) {
      if (!(error instanceof PageLost)) throw error;
      lost.push(`${place.path}: ${error.message} What comes after it was not tried.`);
    } finally {
      await account.close();
    }
    const result = resultOf({ path: name, code }, sandbox.report.entries(), notes);
    return { ...result, errors: [...result.errors, ...lost] };
  } finally {
    await sandbox.close();
  }
}

interface Round {
  readonly sandbox: Sandbox;
  readonly account: AccountPage;
  readonly code: string;
  readonly notes: string[];
  /** Where the round is now. */
  readonly place: { path: string };
  readonly shoot: Shoot;
}

async function goThrough({ sandbox, account, code, notes, place, shoot }: Round): Promise<void> {
  const stored = () => sandbox.server.context.account.widgets.get(code);
  const note = (text: string): void => {
    notes.push(text);
  };

  /** Of a widget that was not started the errors say why nothing of it could be saved. */
  const noteIfStarted = (text: string): void => {
    if (sandbox.report.entries().some(({ kind }) => kind === 'loaded')) note(text);
  };
  const goTo = async (path: string): Promise<void> => {
    place.path = path;
    await account.goTo(path);
  };

  await goTo(`/settings/widgets/${code}`);
  await shoot('install');
  await install(account, stored, noteIfStarted);
  await saveSettings(account, stored, noteIfStarted);
  await shoot('settings');
  if (stored()?.is_active !== true) {
    noteIfStarted(
      'It was not saved by hand, as it wants settings that are not known here; it was switched on with made-up ones for the rest.',
    );
    await account.call('POST', '/ajax/widgets/edit', {
      action: 'edit',
      code,
      widget_active: 'Y',
      settings: madeUpSettings(stored()?.manifest ?? {}, sandbox.server.context.currentUserId()),
    });
    await account.load('/dashboard');
  }

  for (const visit of visitsOf({ code, manifest: stored()?.manifest ?? {} })) {
    await goTo(visit.path);
    if (visit.then !== undefined) await actions[visit.then](account, { sandbox, code, note });
    await shoot(visit.path);
  }

  await goTo(`/settings/widgets/${code}`);
  await remove(account, stored, note);
  await goTo('/dashboard');
}
