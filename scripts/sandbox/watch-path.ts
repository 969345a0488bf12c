import { statSync } from 'node:fs';
import Watchpack from 'watchpack';

/** Builds and editors write in several steps; the last one counts. Milliseconds. */
const pause = 60;

/** How often it is looked whether a folder is still the same one, in milliseconds. */
const look = 500;

export interface WatchedPath {
  /** Folder, or zip, which its author's build replaces as a whole. */
  place: string;
  isFolder: boolean;
  /** Milliseconds since 1970 from which on changes count. */
  since: number;
}

/**
 * Hears of changes of a folder and all that it holds, or of a zip, also when it is taken away and made again.
 *
 * @returns What ends it.
 */
export function watchPath({ place, isFolder, since }: WatchedPath, onChange: () => void): () => void {
  let watcher: InstanceType<typeof Watchpack> | undefined;
  let known = identity(place);
  const watch = (startTime: number): void => {
    watcher?.close();
    watcher = new Watchpack({ aggregateTimeout: pause });
    watcher.on('aggregated', changed);
    const present = isFolder ? 'directories' : 'files';
    watcher.watch({ [known === '' ? 'missing' : present]: [place], startTime });
  };
  const changed = (): void => {
    known = identity(place);
    // Anew: a folder that was taken away and made again at once may otherwise no longer be heard.
    watch(Date.now());
    onChange();
  };
  watch(since);
  // The system follows a folder that is renamed; another that takes its name is not heard of.
  const timer = setInterval(() => {
    if (isFolder && identity(place) !== known) changed();
  }, look);
  return () => {
    clearInterval(timer);
    watcher?.close();
  };
}

function identity(place: string): string {
  const folder = statSync(place, { bigint: true, throwIfNoEntry: false });
  return folder === undefined ? '' : `${folder.dev} ${folder.ino} ${folder.birthtimeNs}`;
}
