import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { widgetFiles } from '../../support/small-widget.js';
import {
  breachesOf,
  callbacksIn,
  openBench,
  smoke,
  smokeReport,
  smokeSmall,
  type Bench,
} from './support/run-smoke.js';

let bench: Bench;

beforeAll(async () => {
  bench = await openBench();
});

afterAll(() => {
  bench.remove();
});

describe('npm run smoke', { timeout: 120_000 }, () => {
  it('passes our own widget, which it takes without a path, with all of its callbacks and no breach', async () => {
    const { exitCode, widgets } = await smokeReport([]);
    expect(widgets).toMatchObject([
      {
        path: 'pipeline-messenger',
        code: 'pipeline_messenger',
        loaded: true,
        errors: [],
        // Its backend, which is not here, has the last word.
        notes: [
          'onSave did not agree to the settings.',
          'It was not saved by hand, as it wants settings that are not known here; it was switched on with made-up ones for the rest.',
        ],
      },
    ]);
    const [own] = widgets;
    if (own === undefined) throw new Error('nothing was tried');
    expect(breachesOf(own)).toEqual([]);
    expect(callbacksIn(own, 'widgetsSettings:pipeline_messenger')).toEqual(
      expect.arrayContaining([
        'constructor',
        'render',
        'bind_actions',
        'init',
        'settings',
        'onSave',
        'destroy',
      ]),
    );
    expect(callbacksIn(own, 'dp.settings')).toEqual(expect.arrayContaining(['dpSettings', 'destroy']));
    expect(exitCode).toBe(0);
  });

  it('says in notes what a location lacks, and what else is no exception, and sees what comes late', async () => {
    const { of, report } = await smokeSmall(bench, {
      'half a tab': {
        locations: ['settings', 'lcard-0', 'card_sdk'],
        script: 'this.callbacks.loadElements = this.callbacks.linkCard = function () {};',
      },
      'no page': { locations: ['settings', 'advanced_settings', 'widget_page', 'lead_sources'] },
      'no steps': { locations: ['settings', 'salesbot_designer'] },
      'no hook': {
        locations: ['settings', 'digital_pipeline'],
        manifest: { dp: { settings: {}, action_multiple: false } },
      },
      'draws everywhere': {
        script: "this.callbacks.render = function () { self.render_template({ body: 'x' }); return true; };",
      },
      'comes late': {
        script: `this.callbacks.init = function () {
          setTimeout(function () {
            require([self.params.path + '/late.js'], function (late) { setTimeout(late, 400); });
          }, 900);
          return true;
        };`,
        files: { 'late.js': "define(function () { return function () { throw new Error('too late'); }; });" },
      },
      'keeps a promise open': {
        script: 'this.callbacks.onSave = function () { return new Promise(function () {}); };',
      },
    });
    expect(of('half a tab')).toMatchObject({
      errors: [],
      notes: [
        'leads_card: card_sdk needs loadPreloadedData, loadElements, linkCard, searchDataInCard; without loadPreloadedData, searchDataInCard the card has no tab for it.',
      ],
    });
    expect(of('no page')).toMatchObject({
      errors: [],
      notes: [
        'advanced-settings:no_page: advanced_settings needs advancedSettings; without it the page stays empty.',
        'widget-page:no_page: widget_page needs initMenuPage; without it the page stays empty.',
        'dp.chats: lead_sources needs onAddAsSource; without it no source can be added.',
      ],
    });
    expect(of('no steps')).toMatchObject({
      errors: [],
      notes: [
        'salesbot_designer:no_steps: salesbot_designer needs salesbotDesignerSettings; without it the designer of the platform was seen to fail.',
        'salesbot_designer:no_steps: Greet: The integration has no onSalesbotDesignerSave callback, so the step cannot be saved.',
      ],
    });
    expect(of('no hook')).toMatchObject({
      errors: [],
      notes: ['No hook was sent for its trigger: dp.webhook_url is missing.'],
    });
    expect(of('draws everywhere')).toMatchObject({
      errors: [],
      notes: [expect.stringContaining('this page has no right-hand panel')],
    });
    expect(of('comes late').errors).toContain('leads_card: nobody caught Error: too late (late.js:1)');
    const open = of('keeps a promise open');
    const saved = open.areas.flatMap(({ callbacks }) => callbacks).find(({ name }) => name === 'onSave');
    expect(saved?.returned).toMatch(/^Promise, still open after [\d.]+ s$/);
    expect(report.exitCode).toBe(1);
  });

  it('prints the verdict first, then why, and a line for all, within the width of a terminal', async () => {
    const good = await bench.put('good', widgetFiles());
    const bad = await bench.zip(
      'bad.zip',
      widgetFiles({
        script: `this.callbacks.init = function () { console.log('debug');
          throw new Error('init is broken, and there is a good deal to say about the reason why it had to break'); };`,
      }),
    );
    const { stdout, exitCode } = await smoke([good, bad]);
    expect(exitCode).toBe(1);
    expect(stdout).not.toContain('\u001B');
    const lines = stdout.split('\n');
    expect(lines).toContain(`✔ passed  ${good}  good`);
    const verdict = lines.indexOf(`✖ failed  ${bad}  bad`);
    expect(lines[verdict + 1]).toMatch(
      /^ {2}✖ error {2}widgetsSettings:bad: init threw Error: init is broken/,
    );
    expect(lines[verdict + 2]).toMatch(/^ {11}\S/);
    expect(stdout).toContain('    ▲ breach  console: console.log("debug")\n');
    expect(stdout).toMatch(/^ {4}constructor(?: ×\d)? [\d.]+ ms {2}render/m);
    const long = lines.filter((line) => line.length > 80 && !line.includes(bench.folder));
    expect(long).toEqual([]);
    expect(stdout).toMatch(/\n✖ 1 of 2 widgets failed, \d+ breaches, [\d.]+ s\n {2}\S+bad\.zip\n$/);
  });

  it('goes on with what can be read of a zip, and fails a file that is none', async () => {
    const text = path.join(bench.folder, 'notes.txt');
    await writeFile(text, 'This is no zip.');
    const good = await bench.zip('fine.zip', widgetFiles());
    const { exitCode, widgets } = await smokeReport([text, good]);
    expect(exitCode).toBe(1);
    expect(widgets[0]).toMatchObject({ path: text, code: '', loaded: false, areas: [] });
    expect(widgets[0]?.errors.join()).toMatch(/manifest\.json/);
    expect(widgets[0]?.notes.join()).toMatch(/zip/);
    expect(widgets[1]).toMatchObject({ loaded: true, errors: [] });
  });

  it.each<[args: string[], message: RegExp]>([
    [['nowhere'], /^error A widget, a folder or a zip, was expected at .*nowhere: there is nothing\./m],
    [['--format', 'xml'], /^error The format must be text or json; it is "xml"\./m],
    [
      ['--screenshots', path.join(import.meta.filename, 'in-a-file')],
      /^error .*cannot be written: .* is a file/m,
    ],
    [['--colour'], /^error Unknown option '--colour'/m],
  ])('ends with 2 and a line for %j', async (args, message) => {
    const { exitCode, stdout, stderr } = await smoke(args);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout).toBe('');
    expect(exitCode).toBe(2);
  });

  it('explains itself', async () => {
    const { exitCode, stdout } = await smoke(['--help']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('  npm run smoke -- [FOLDER|ZIP]… [OPTIONS]\n');
    expect(stdout.split('\n').filter((line) => line.length > 120)).toEqual([]);
  });
});
