import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shapes } from '../../support/shaped-widgets.js';
import { widgetFiles } from '../../support/small-widget.js';
import {
  breachesOf,
  callbacksIn,
  openBench,
  smokeReport,
  type Bench,
  type Report,
} from './support/run-smoke.js';

/** A widget written for amoCRM, in Russian. */
const amo = widgetFiles({
  locations: ['settings', 'lcard-1', 'cucard-0'],
  manifest: {
    widget: {
      name: 'widget.name',
      description: 'widget.description',
      short_description: 'widget.short_description',
      version: '1.0.0',
      interface_version: 2,
      init_once: false,
      locale: ['ru'],
      installation: true,
      support: { email: 'support@example.com' },
    },
  },
  script: `this.callbacks.init = function () {
    if (self.i18n('widget').name !== 'Малый виджет') throw new Error('the texts are not Russian');
    return true;
  };`,
  files: {
    'i18n/en.json': undefined,
    'i18n/ru.json': JSON.stringify({
      widget: { name: 'Малый виджет', description: 'Виджет для теста', short_description: 'Для теста' },
      settings: { message: 'Сообщение' },
    }),
  },
});

const names = Object.keys(shapes);

let bench: Bench;
let report: Report;
let pictures: string;

beforeAll(async () => {
  bench = await openBench();
  pictures = path.join(bench.folder, 'pictures', 'of pages');
  const paths: string[] = [];
  for (const [index, make] of Object.values(shapes).entries()) {
    const files = await make();
    // Folders and zips by turns.
    paths.push(
      index % 2 === 0
        ? await bench.put(`shape ${index}`, files)
        : await bench.zip(`shape ${index}.zip`, files),
    );
  }
  const amoPath = await bench.zip('amo widget.zip', amo);
  report = await smokeReport([...paths, amoPath, '--screenshots', pictures]);
}, 600_000);

afterAll(() => {
  bench.remove();
});

describe('npm run smoke, of a widget in the loader shape', () => {
  it.each(names)('%s, passes with all of its callbacks run', (name) => {
    const result = report.widgets[names.indexOf(name)];
    if (result === undefined) throw new Error(`${name} was not tried`);
    const { code, loaded, errors, notes } = result;
    expect({ loaded, errors, notes, breaches: breachesOf(result) }).toEqual({
      loaded: true,
      errors: [],
      notes: [],
      breaches: [],
    });
    const start = ['constructor', 'render', 'bind_actions', 'init'];
    expect(callbacksIn(result, `widgetsSettings:${code}`)).toEqual(
      expect.arrayContaining([...start, 'settings', 'onSave', 'destroy']),
    );
    expect(callbacksIn(result, 'leads_card')).toEqual([...start, 'destroy']);
    expect(callbacksIn(result, 'dp.settings')).toEqual([...start, 'dpSettings', 'destroy']);
  });
});

it('passes a widget that was written for amoCRM, in Russian', () => {
  const result = report.widgets.at(-1);
  expect(result).toMatchObject({ code: 'amo_widget', loaded: true, errors: [], notes: [] });
  expect(result?.areas.map(({ area }) => area)).toEqual([
    'widgetsSettings:amo_widget',
    'leads_card',
    'customers_card',
  ]);
});

it('ends with 0 and names every widget as it was given, in the documented form', () => {
  expect(report.exitCode).toBe(0);
  expect(report.widgets.map((widget) => path.basename(widget.path))).toEqual([
    'shape 0',
    'shape 1.zip',
    'shape 2',
    'shape 3.zip',
    'shape 4',
    'amo widget.zip',
  ]);
  for (const widget of report.widgets) {
    expect(Object.keys(widget)).toEqual(['path', 'code', 'loaded', 'areas', 'errors', 'notes']);
    for (const area of widget.areas) {
      expect(Object.keys(area)).toEqual(['area', 'callbacks', 'breaches']);
      for (const { name, returned, ms, error } of area.callbacks) {
        expect({ name, returned, ms, error }).toEqual({
          name: expect.any(String) as string,
          returned: expect.any(String) as string,
          ms: expect.any(Number) as number,
          error: null,
        });
      }
    }
  }
});

it('writes a picture of every page that it went to, which is not blank', async () => {
  const files = (await readdir(pictures)).filter((file) => file.startsWith('shape_0-'));
  expect(files.sort()).toEqual([
    'shape_0-01-install.png',
    'shape_0-02-settings.png',
    'shape_0-03-leads-detail-7001.png',
    'shape_0-04-settings-pipeline-leads.png',
  ]);
  for (const file of files) {
    const { width, height, data } = PNG.sync.read(await readFile(path.join(pictures, file)));
    expect(width).toBe(1440);
    expect(height).toBeGreaterThanOrEqual(900);
    const colours = new Set<number>();
    for (let at = 0; at < data.length; at += 4 * 97) colours.add(data.readUInt32BE(at));
    expect(colours.size).toBeGreaterThan(20);
  }
});
