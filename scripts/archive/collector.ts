import {
  type ArchiveContents,
  type ArchiveLimits,
  type ArchiveProblem,
  sortFiles,
  unsafeName,
  withForwardSlashes,
} from './files.js';

/** Gathers entries and keeps the limits, the same for folders and archives. */
export class Collector {
  readonly #limits: ArchiveLimits;
  readonly #files = new Map<string, Buffer>();
  readonly #problems: ArchiveProblem[] = [];
  readonly #folders = new Set<string>();
  readonly #backslashed: string[] = [];
  #entries = 0;
  #bytes = 0;
  #stopped = false;

  constructor(limits: ArchiveLimits) {
    this.#limits = limits;
  }

  /** True as soon as a limit of the whole is passed: read no further. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** How many bytes the next file may have. */
  get room(): number {
    return Math.min(this.#limits.fileBytes, this.#limits.totalBytes - this.#bytes);
  }

  /**
   * Counts an entry. The name that it goes by from here on, with forward slashes; `null` when it must not be read.
   */
  admit(writtenName: string, { directory = false } = {}): string | null {
    this.#entries += 1;
    if (this.#entries > this.#limits.entries) {
      this.stop({ kind: 'too-many-entries', file: null, found: `more than ${this.#limits.entries}` });
      return null;
    }
    const name = withForwardSlashes(writtenName);
    const reason = unsafeName(name);
    if (reason !== null) {
      this.report({ kind: 'unsafe-name', file: writtenName, found: reason });
      return null;
    }
    if (name !== writtenName) this.#backslashed.push(writtenName);
    if (directory) {
      this.#folders.add(name.replace(/\/$/, ''));
      return name;
    }
    if (this.#files.has(name)) {
      this.report({ kind: 'duplicate-name', file: name, found: 'the name again' });
      return null;
    }
    return name;
  }

  add(name: string, content: Buffer): void {
    this.#bytes += content.byteLength;
    this.#files.set(name, content);
  }

  /** Says that a file has more bytes than there is {@link room}. They count: reading them took its time. */
  refuse(name: string): void {
    if (this.room < this.#limits.fileBytes) {
      this.stop({
        kind: 'too-large',
        file: null,
        found: `more than ${inMegabytes(this.#limits.totalBytes)}`,
      });
    } else {
      const found = `more than ${inMegabytes(this.#limits.fileBytes)}`;
      this.report({ kind: 'file-too-large', file: name, found });
      this.#bytes += this.#limits.fileBytes;
    }
  }

  report(problem: ArchiveProblem): void {
    this.#problems.push(problem);
  }

  stop(problem: ArchiveProblem): void {
    this.#stopped = true;
    this.report(problem);
  }

  contents(): ArchiveContents {
    const files = sortFiles(this.#files);
    const problems = [...this.#problems, ...this.#backslashProblem(), ...this.#clashes([...files.keys()])];
    return { files, problems, complete: !this.#stopped };
  }

  /** Whoever has one such name has them all from the same archiver: it is one problem. */
  #backslashProblem(): ArchiveProblem[] {
    const [first] = this.#backslashed;
    if (first === undefined) return [];
    const more = this.#backslashed.length - 1;
    return [{ kind: 'backslash-name', file: first, found: more === 0 ? first : `${first} and ${more} more` }];
  }

  /** Files that would have to be a folder as well. */
  #clashes(names: readonly string[]): ArchiveProblem[] {
    return names
      .filter((name) => this.#folders.has(name) || hasNameBelow(names, `${name}/`))
      .map((file) => ({ kind: 'file-and-folder', file, found: 'a file and a folder' }));
  }
}

/** Whether a name in the sorted list begins with the prefix. */
function hasNameBelow(names: readonly string[], prefix: string): boolean {
  let low = 0;
  let high = names.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((names[middle] ?? '') < prefix) low = middle + 1;
    else high = middle;
  }
  return names[low]?.startsWith(prefix) === true;
}

function inMegabytes(bytes: number): string {
  return `${Math.round((bytes / 1024 / 1024) * 100) / 100} MB`;
}
