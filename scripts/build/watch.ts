import path from 'node:path';
import { createFsFromVolume, Volume } from 'memfs';
import Watchpack from 'watchpack';
import webpack, { type OutputFileSystem } from 'webpack';
import { widgetConfigs } from '../../webpack.config.js';
import { sortFiles, type WidgetFiles } from '../archive/files.js';
import { pointToBackend } from './backend-address.js';
import { collect, faultsOf, markVersion } from './bundle.js';
import { readObject, versionOf } from './manifest.js';
import { projectPaths } from './paths.js';
import { readStaticFiles, staticFolders, stylesheetFolder, stylesheets } from './static-files.js';

export interface WatchEvents {
  /** The widget as it is after an edit, and how long it took since the edit was noticed, in milliseconds. */
  built: (files: WidgetFiles, milliseconds: number) => void;
  /** The sources do not compile; the last good files stay. One line for each fault. */
  failed: (faults: string[]) => void;
}

export interface WatchOptions extends WatchEvents {
  /** `dp.webhook_url` of the built manifest; by default that of the source. */
  webhookUrl?: string | undefined;
}

export interface Watching {
  close(): Promise<void>;
}

/** An editor saves in several steps; the last one counts. Milliseconds. */
const pause = 20;

/** Builds the widget in memory and again after each edit of its sources. Types are not checked here. */
export function watchWidget({ built, failed, webhookUrl }: WatchOptions): Watching {
  const { root } = projectPaths();
  const volume = new Volume();
  let modules: Map<string, string> | undefined;
  let faults: string[] = [];
  let started = performance.now();
  let turn = 0;

  const publish = async (): Promise<void> => {
    // As long as the modules do not compile, an edit of something else is not the end of it.
    if (faults.length > 0) failed(faults);
    if (faults.length > 0 || modules === undefined) return;
    const mine = ++turn;
    try {
      const still = await readStaticFiles(root, { webhookUrl });
      const version = versionOf(readObject(still.get('manifest.json')?.toString('utf8') ?? '')) ?? '';
      const files = pointToBackend(sortFiles([...still, ...markVersion(modules, version)]));
      // What was read is already old when another edit came meanwhile.
      if (mine === turn) built(files, performance.now() - started);
    } catch (error) {
      // A file may be away for a moment, while an editor or git puts another in its place.
      if (mine === turn) failed([(error as Error).message]);
    }
  };

  const compiler = webpack(widgetConfigs());
  compiler.outputFileSystem = createFsFromVolume(volume) as unknown as OutputFileSystem;
  compiler.hooks.invalid.tap('watch', () => {
    started = performance.now();
  });
  const watching = compiler.watch({ aggregateTimeout: pause }, (error, stats) => {
    if (error !== null) faults = [error.message];
    else if (stats?.hasErrors() === true) faults = faultsOf(stats);
    else {
      faults = [];
      modules = collect(volume);
    }
    void publish();
  });

  const statics = new Watchpack({ aggregateTimeout: pause });
  statics.on('aggregated', () => {
    started = performance.now() - pause;
    void publish();
  });
  statics.watch({
    directories: Object.keys(staticFolders).map((folder) => path.join(root, folder)),
    files: stylesheets.map((sheet) => path.join(root, stylesheetFolder, sheet)),
    startTime: Date.now(),
  });

  return {
    async close() {
      statics.close();
      await new Promise((resolve) => {
        watching?.close(resolve);
      });
    },
  };
}
