import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readZip } from '../../../scripts/archive/read-zip.js';
import { readObject, versionOf } from '../../../scripts/build/manifest.js';
import { copyProject, type ProjectCopy } from '../../support/project-copy.js';
import { printFigures, rounds } from '../../support/rounds.js';

let project: ProjectCopy;

beforeAll(async () => {
  project = await copyProject();
});

afterAll(() => project.remove());

async function versions(): Promise<{ manifest: string | undefined; archive: string | undefined }> {
  const manifest = await readFile(path.join(project.root, 'widget', 'manifest.json'), 'utf8');
  const { files, problems } = await readZip(await readFile(path.join(project.root, 'dist', 'widget.zip')));
  expect(problems).toEqual([]);
  return {
    manifest: versionOf(readObject(manifest)),
    archive: versionOf(readObject(files.get('manifest.json')?.toString() ?? '')),
  };
}

describe('an interrupted pack', () => {
  const count = rounds(4, 60);

  it(
    `leaves manifest and archive together, old or new, in ${count} rounds of kill -9`,
    { timeout: 900_000 },
    async () => {
      await project.run('pack');
      const started = performance.now();
      await project.run('pack');
      const whole = performance.now() - started;

      const figures = { rounds: count, unfinished: 0, finished: 0, torn: 0 };
      for (let round = 0; round < count; round += 1) {
        const before = await versions();
        // Spread over the whole run, and every other round close to its end, where the files are put in place.
        const share = round % 2 === 0 ? Math.random() : 0.8 + Math.random() * 0.3;
        await project.run('pack', [], {
          kill: {
            signal: 'SIGKILL',
            after: 'Building and checking the widget',
            delay: Math.max(0, share * whole - 400),
          },
        });
        const after = await versions();
        if (after.manifest !== after.archive) figures.torn += 1;
        else if (after.manifest === before.manifest) figures.unfinished += 1;
        else figures.finished += 1;
      }
      printFigures('Interrupted packs', figures);
      expect(figures.torn).toBe(0);
      expect(figures.unfinished).toBeGreaterThan(0);

      const { exitCode } = await project.run('pack');
      expect(exitCode).toBe(0);
      expect((await readdir(path.join(project.root, 'dist'))).filter((name) => name.startsWith('.'))).toEqual(
        [],
      );
      expect((await readdir(path.join(project.root, 'widget'))).sort()).toEqual(['images', 'manifest.json']);
    },
  );
});
