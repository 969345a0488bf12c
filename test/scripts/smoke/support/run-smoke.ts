import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { WidgetFiles } from '../../../../scripts/archive/files.js';
import { writeZip } from '../../../../scripts/archive/write-zip.js';
import { projectRoot } from '../../../../scripts/build/paths.js';
import type { WidgetResult } from '../../../../scripts/smoke/result.js';
import { type Outcome, runIn } from '../../../support/project-copy.js';
import { widgetFiles, type SmallWidget } from '../../../support/small-widget.js';

/** A folder for widgets and pictures. */
export interface Bench {
  readonly folder: string;
  /** Writes a widget as a folder of this name and gives its path. */
  put(name: string, files: WidgetFiles): Promise<string>;
  /** Writes a widget as a zip of this name and gives its path. */
  zip(name: string, files: WidgetFiles): Promise<string>;
  remove(): void;
}

export async function openBench(): Promise<Bench> {
  const folder = await mkdtemp(path.join(tmpdir(), 'smoke-'));
  return {
    folder,
    async put(name, files) {
      const place = path.join(folder, name);
      for (const [file, bytes] of files) {
        await mkdir(path.dirname(path.join(place, file)), { recursive: true });
        await writeFile(path.join(place, file), bytes);
      }
      return place;
    },
    async zip(name, files) {
      const place = path.join(folder, name);
      await writeFile(place, await writeZip(files));
      return place;
    },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs the command as a process of its own. */
export const smoke = (args: readonly string[]): Promise<Outcome> => runIn(projectRoot, 'smoke', [...args]);

export interface Report extends Pick<Outcome, 'exitCode' | 'stderr'> {
  readonly widgets: readonly WidgetResult[];
}

/** Runs the command with `--format json` and reads what it prints. */
export async function smokeReport(args: readonly string[]): Promise<Report> {
  const { stdout, stderr, exitCode } = await smoke([...args, '--format', 'json']);
  try {
    return { exitCode, stderr, ...(JSON.parse(stdout) as { widgets: WidgetResult[] }) };
  } catch {
    throw new Error(`No report was printed but:\n${stdout}\n${stderr}`);
  }
}

/** Tries small widgets in one process; the results by the names that they were given. */
export async function smokeSmall(
  bench: Bench,
  widgets: Readonly<Record<string, SmallWidget>>,
): Promise<{ report: Report; of: (name: string) => WidgetResult }> {
  const names = Object.keys(widgets);
  const paths: string[] = [];
  for (const [name, widget] of Object.entries(widgets)) {
    paths.push(await bench.put(name.replaceAll(' ', '-'), widgetFiles(widget)));
  }
  const report = await smokeReport(paths);
  return {
    report,
    of(name) {
      const result = report.widgets[names.indexOf(name)];
      if (result === undefined) throw new Error(`No widget "${name}" was tried.`);
      return result;
    },
  };
}

/**
 * Tries small widgets in several processes one after the other, each when the first of its results is asked for, so
 * that a busy machine has the time of a test for each of these parts and not for all of them together.
 */
export function smokeInParts(
  bench: Bench,
  widgets: Readonly<Record<string, SmallWidget>>,
  size: number,
): (name: string) => Promise<Awaited<ReturnType<typeof smokeSmall>>> {
  const names = Object.keys(widgets);
  const parts = new Map<number, ReturnType<typeof smokeSmall>>();
  return (name) => {
    const part = Math.floor(names.indexOf(name) / size);
    const running =
      parts.get(part) ??
      smokeSmall(bench, Object.fromEntries(Object.entries(widgets).slice(part * size, (part + 1) * size)));
    parts.set(part, running);
    return running;
  };
}

/** Names of the callbacks that ran in an area of the report. */
export function callbacksIn({ areas }: WidgetResult, area: string): string[] {
  return areas.find((one) => one.area === area)?.callbacks.map(({ name }) => name) ?? [];
}

/** The breaches of all areas. */
export function breachesOf({ areas }: WidgetResult): string[] {
  return areas.flatMap(({ breaches }) => breaches);
}
