import { stat } from 'node:fs/promises';
import { isSameFiles, type WidgetFiles } from '../archive/files.js';
import { userPath } from '../cli/user-path.js';
import type { Announce } from './announce.js';
import { readWidget } from './read-widget.js';
import type { Served, ServedWidget } from './serve.js';
import { watchPath } from './watch-path.js';

export interface FollowedWidget extends ServedWidget {
  /** Tells the account of each change from now on, and of what changed since the widget was read; ends with the answer. */
  readonly follow: (index: number, served: Pick<Served, 'renew' | 'failed'>) => () => void;
}

/**
 * Reads a widget as it was typed, a folder or a zip; what is left out of it is told. Of half a zip it says why in
 * `faults`. Throws a `UserError` when there is nothing at the path.
 */
export async function readFollowed(label: string, warn: Announce): Promise<FollowedWidget> {
  const place = userPath(label);
  const since = Date.now();
  const read = async (): Promise<ServedWidget> => {
    const { files, problems, complete } = await readWidget(place);
    if (!complete) return { label, files: new Map<string, Buffer>(), faults: problems };
    for (const problem of problems) warn('left out', `${label}: ${problem}`);
    return { label, files };
  };
  const first = await read();
  const isFolder = (await stat(place)).isDirectory();

  return {
    ...first,
    follow(index, served) {
      /** What the account was told last; nothing while it has only heard of faults. */
      let told: WidgetFiles | undefined = first.faults === undefined ? first.files : undefined;
      let turn = 0;
      const changed = async (): Promise<void> => {
        const mine = ++turn;
        const started = performance.now();
        const { files, faults } = await read().catch((error: unknown) => ({
          files: first.files,
          faults: [(error as Error).message],
        }));
        // Another change came while this one was read.
        if (mine !== turn) return;
        if (faults !== undefined) {
          told = undefined;
          served.failed(index, faults);
        } else if (told === undefined || !isSameFiles(told, files)) {
          told = files;
          served.renew(index, files, 'loaded', `${label} in ${(performance.now() - started).toFixed(0)} ms`);
        }
      };
      return watchPath({ place, isFolder, since }, () => void changed());
    },
  };
}
