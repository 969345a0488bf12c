import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { projectRoot } from '../../../scripts/build/paths.js';

const migrations = path.join(projectRoot, 'src/backend/store/migrations');

it('has a migration for everything that stands in the tables', { timeout: 120_000 }, async () => {
  // In the project, whose packages the tables import.
  const copy = await mkdtemp(path.join(projectRoot, '.pipeline-messenger-migrations-'));
  try {
    await cp(migrations, copy, { recursive: true });
    const before = await readdir(copy, { recursive: true });
    const drizzleKit = path.join(projectRoot, 'node_modules/drizzle-kit/bin.cjs');
    await promisify(execFile)(
      process.execPath,
      [
        ...['--import', 'tsx', drizzleKit, 'generate', '--dialect', 'postgresql'],
        ...['--schema', './src/backend/store/schema.ts', '--out', path.relative(projectRoot, copy)],
      ],
      { cwd: projectRoot },
    );
    expect(await readdir(copy, { recursive: true })).toEqual(before);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
});
