import { access } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { copyProject } from '../../support/project-copy.js';

describe('npm run validate without a path', { timeout: 240_000 }, () => {
  it('builds the widget when nobody has, and checks what was built', async () => {
    const project = await copyProject();
    onTestFinished(() => project.remove());

    const { exitCode, stdout, stderr } = await project.run('validate', ['--format', 'json']);

    expect(stderr).toContain('Building the widget');
    expect(JSON.parse(stdout)).toMatchObject({ summary: { errors: 0 } });
    expect(exitCode).toBe(0);
    await access(path.join(project.root, 'dist/widget/manifest.json'));
  });
});
