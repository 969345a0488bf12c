import { watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';

/** Builds and editors write in several steps; the last one counts. Milliseconds. */
const pause = 60;

/**
 * Hears of changes of a folder, or of a zip, which its author's build replaces as a whole. Watches when it resolves.
 *
 * @returns What ends it.
 */
export async function watchPath(place: string, onChange: () => void | Promise<void>): Promise<() => void> {
  let timer: NodeJS.Timeout | undefined;
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void onChange(), pause);
  };
  // A zip is watched through its folder: a file that is replaced is another file to the system.
  const watcher = (await stat(place)).isDirectory()
    ? watch(place, { recursive: true }, changed)
    : watch(path.dirname(place), (_event, name) => {
        if (name === path.basename(place)) changed();
      });
  // What is watched may be taken away, as a build does that empties its folder first.
  watcher.on('error', () => undefined);
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
