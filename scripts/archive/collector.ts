import {
  type ArchiveContents,
  type ArchiveLimits,
  type ArchiveProblem,
  sortFiles,
  unsafeName,
} from './files.js';

/** Gathers entries and keeps the limits, the same for folders and archives. */
export class Collector {
  readonly #limits: ArchiveLimits;
  readonly #files = new Map<string, Buffer>();
  readonly #problems: ArchiveProblem[] = [];
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

  /** Counts an entry; false when it must not be read. */
  admit(name: string, { directory = false } = {}): boolean {
    this.#entries += 1;
    if (this.#entries > this.#limits.entries) {
      this.stop({ kind: 'too-many-entries', file: null, found: `more than ${this.#limits.entries}` });
      return false;
    }
    const reason = unsafeName(name);
    if (reason !== null) {
      this.report({ kind: 'unsafe-name', file: name, found: reason });
      return false;
    }
    if (!directory && this.#files.has(name)) {
      this.report({ kind: 'duplicate-name', file: name, found: null });
      return false;
    }
    return true;
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
    return { files: sortFiles(this.#files), problems: this.#problems, complete: !this.#stopped };
  }
}

function inMegabytes(bytes: number): string {
  return `${Math.round((bytes / 1024 / 1024) * 100) / 100} MB`;
}
