import { watch } from 'node:fs';
import path from 'node:path';
import { createFsFromVolume, Volume } from 'memfs';
import webpack, { type OutputFileSystem } from 'webpack';
import { widgetConfigs } from '../../webpack.config.js';
import { sortFiles, type WidgetFiles } from '../archive/files.js';
import { collect, faultsOf } from './bundle.js';
import { projectPaths } from './paths.js';
import { readStaticFiles, staticFolders, stylesheetFolder } from './static-files.js';

export interface WatchEvents {
  /** The widget as it is after an edit, and how long it took since the edit was noticed, in milliseconds. */
  built: (files: WidgetFiles, milliseconds: number) => void;
  /** The sources do not compile; the last good files stay. One line for each fault. */
  failed: (faults: string[]) => void;
}

export interface Watching {
  close(): Promise<void>;
}

/** Builds the widget in memory and again after each edit of its sources. Types are not checked here. */
export function watchWidget({ built, failed }: WatchEvents): Watching {
  const { root } = projectPaths();
  const volume = new Volume();
  let modules: Map<string, Buffer> | undefined;
  let started = performance.now();

  const publish = async (): Promise<void> => {
    if (modules === undefined) return;
    try {
      const files = sortFiles([...(await readStaticFiles(root, {})), ...modules]);
      built(files, performance.now() - started);
    } catch (error) {
      // A file may be away for a moment, while an editor or git puts another in its place.
      failed([(error as Error).message]);
    }
  };

  // Whatever the version, a development server sends files that nobody keeps.
  const compiler = webpack(widgetConfigs({ version: 'dev' }));
  compiler.outputFileSystem = createFsFromVolume(volume) as unknown as OutputFileSystem;
  compiler.hooks.invalid.tap('watch', () => {
    started = performance.now();
  });
  const watching = compiler.watch({ aggregateTimeout: 20 }, (error, stats) => {
    if (error !== null) {
      failed([error.message]);
    } else if (stats?.hasErrors() === true) {
      failed(faultsOf(stats));
    } else {
      modules = collect(volume);
      void publish();
    }
  });

  const folders = [...Object.keys(staticFolders), stylesheetFolder].map((folder) => {
    let timer: NodeJS.Timeout | undefined;
    return watch(path.join(root, folder), { recursive: true }, (_event, name) => {
      if (folder === stylesheetFolder && name?.endsWith('.css') !== true) return;
      clearTimeout(timer);
      started = performance.now();
      // An editor saves in several steps; the last one counts.
      timer = setTimeout(() => void publish(), 20);
    });
  });

  return {
    async close() {
      for (const folder of folders) folder.close();
      await new Promise((resolve) => {
        watching?.close(resolve);
      });
    },
  };
}
