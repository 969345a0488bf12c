import path from 'node:path';
import { createFsFromVolume, Volume } from 'memfs';
import { rollup } from 'rollup';
import webpack, { type Configuration, type OutputFileSystem } from 'webpack';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { WidgetFiles } from '../../scripts/archive/files.js';
import { widgetFiles } from './small-widget.js';

/** The callbacks of every shape: they draw a line into the settings, so that a test sees them run. */
const integration = `
import $ from 'jquery';
import _ from 'underscore';
export default function () {
  this.callbacks = {
    render: () => true,
    init: () => true,
    bind_actions: () => true,
    settings: ($body) => { $body.append($('<p class="shape">').text(_.escape('drawn by the widget'))); },
    dpSettings: () => true,
    onSave: () => true,
    destroy: () => { $('.shape').remove(); },
  };
  return this;
}
`;

/**
 * Widgets in the loader shapes that real ones use (`platform/widget.md §7`), built by the tools that make them.
 * Each lists the settings, the lead's card and the digital pipeline.
 */
export const shapes: Readonly<Record<string, () => Promise<WidgetFiles>>> = {
  'webpack inside define': async () =>
    shaped({
      'script.js': await bundle(
        "window.define(['jquery', 'underscore'], () => require('./integration.js').default);",
        { externals: { jquery: 'commonjs2 jquery', underscore: 'commonjs2 underscore' } },
      ),
    }),

  'a shell around a second bundle': async () =>
    shaped({
      'script.js': "define(['./app.js?cache=1700000000000'], function (App) { return App.default; });",
      'app.js': await bundle("export { default } from './integration.js';", {
        output: { library: { type: 'amd' } },
        externals: { jquery: 'jquery', underscore: 'underscore' },
        externalsType: 'amd',
      }),
    }),

  'plain AMD modules': () =>
    Promise.resolve(
      shaped({
        'script.js': `define(['./classes/settings.js', 'jquery'], function (Settings, $) {
  return function () {
    var self = this;
    this.callbacks = {
      render: function () { return true; },
      init: function () { return true; },
      bind_actions: function () { return true; },
      settings: function ($body) { Settings.draw(self, $body); },
      dpSettings: function () { return true; },
      onSave: function () { return true; },
      destroy: function () { $('.shape').remove(); }
    };
    return this;
  };
});`,
        'classes/settings.js': `define(['text!../templates/settings.twig'], function (template) {
  return { draw: function (self, $body) { $body.append(self.render({ data: template }, { text: 'drawn by the widget' })); } };
});`,
        'templates/settings.twig': '<p class="shape">{{ text }}</p>',
      }),
    ),

  'an AMD bundle of rollup, as Vite makes it': async () => shaped({ 'script.js': await rollupBundle() }),

  'ES5 by hand': () =>
    Promise.resolve(
      shaped({
        'script.js': `define(['jquery', 'underscore'], function ($, _) {
  var CustomWidget = function () {
    var self = this;
    this.callbacks = {
      settings: function ($body) { $body.append('<p class="shape">' + _.escape('drawn by the widget') + '</p>'); },
      init: function () { return true; },
      bind_actions: function () {
        $(document).on('click' + self.ns, '.shape', function () {});
        return true;
      },
      render: function () { return true; },
      dpSettings: function () { return true; },
      destroy: function () { $('.shape').remove(); },
      onSave: function () { return true; }
    };
    return this;
  };
  return CustomWidget;
});`,
      }),
    ),
};

function shaped(files: Record<string, string>): WidgetFiles {
  return widgetFiles({ locations: ['settings', 'lcard-1', 'digital_pipeline'], files });
}

/** webpack over a folder with `integration.js` and this entry. */
async function bundle(entry: string, config: Configuration): Promise<string> {
  return inFolder({ 'entry.js': entry, 'integration.js': integration }, async (folder) => {
    const volume = new Volume();
    const compiler = webpack({
      mode: 'production',
      context: folder,
      entry: './entry.js',
      ...config,
      output: { ...config.output, path: '/', filename: 'out.js' },
    });
    compiler.outputFileSystem = createFsFromVolume(volume) as unknown as OutputFileSystem;
    await new Promise<void>((resolve, reject) => {
      compiler.run((error, stats) => {
        if (error !== null) reject(error);
        else if (stats?.hasErrors() === true) reject(new Error(stats.toString()));
        else resolve();
      });
    });
    return String(volume.readFileSync('/out.js'));
  });
}

async function rollupBundle(): Promise<string> {
  return inFolder({ 'integration.js': integration }, async (folder) => {
    const build = await rollup({
      input: path.join(folder, 'integration.js'),
      external: ['jquery', 'underscore'],
    });
    const { output } = await build.generate({ format: 'amd' });
    await build.close();
    return output[0].code;
  });
}

async function inFolder(
  files: Record<string, string>,
  work: (folder: string) => Promise<string>,
): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'shaped-widget-'));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
