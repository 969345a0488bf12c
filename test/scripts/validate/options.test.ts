import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ValidationReport } from '../../../scripts/validate/index.js';
import { temporaryFolder, widgetFiles, type WidgetParts, writeArchive } from '../../support/widget-folder.js';
import { runValidate } from './support/run-validate.js';

const broken: WidgetParts = { manifest: { locations: ['settings', 'lcards-1'] } };
const doubtful: WidgetParts = { files: { 'style.css': '.my-a {}\r\n' } };

/** A folder that the command is typed in, with widgets by their names. */
async function workspace(widgets: Record<string, WidgetParts>): Promise<string> {
  const root = await temporaryFolder();
  for (const [name, parts] of Object.entries(widgets)) {
    for (const [file, bytes] of widgetFiles(parts)) {
      await mkdir(path.dirname(path.join(root, name, file)), { recursive: true });
      await writeFile(path.join(root, name, file), bytes);
    }
  }
  return root;
}

describe('npm run validate', { timeout: 90_000 }, () => {
  it('checks several folders and archives, each once, by paths and patterns', async () => {
    const cwd = await workspace({ 'widgets/good': {}, 'widgets/bad': broken, 'deep/er/two': {} });
    const archive = await writeArchive(widgetFiles());
    await writeFile(path.join(cwd, 'widgets/notes.txt'), 'no widget');
    const args = ['widgets/*', 'deep/**', archive, './widgets/good/', '--format', 'json'];
    const { exitCode, stdout, stderr } = await runValidate(args, { cwd });
    const { widgets } = JSON.parse(stdout) as { widgets: (ValidationReport & { subject: string })[] };

    expect(stderr).toBe('');
    expect(widgets.map(({ subject, summary }) => [subject, summary.errors])).toEqual([
      ['widgets/bad', 1],
      ['widgets/good', 0],
      ['deep/er/two', 0],
      [archive, 0],
    ]);
    expect(exitCode).toBe(1);
  });

  it('takes a folder whose name looks like a pattern for what it is', async () => {
    const cwd = await workspace({ '[my] widget': {} });
    const { exitCode, stdout } = await runValidate(['[my] widget'], { cwd });

    expect(stdout).toContain('✔ [my] widget is valid');
    expect(exitCode).toBe(0);
  });

  it('checks for the target and the audience that it is told, and says so', async () => {
    const cwd = await workspace({ mine: {} });
    const { stdout } = await runValidate(['mine', '--target', 'amocrm', '--audience', 'public'], { cwd });

    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'Checked for amoCRM (as you asked), as a widget for the marketplace (as you asked).',
    );
  });

  it('ends with 1 from the level on that it is told', async () => {
    const cwd = await workspace({ mine: doubtful });
    const codes: Record<string, number> = {};
    for (const level of ['error', 'warning', 'notice']) {
      const { exitCode, stdout } = await runValidate(['mine', '--fail-level', level], { cwd });
      expect(stdout).toContain(exitCode === 1 ? '✖ mine: 1 warning' : '✔ mine is valid: 1 warning');
      codes[level] = exitCode;
    }

    expect(codes).toEqual({ error: 0, warning: 1, notice: 1 });
  });

  it('follows the configuration where it is typed, or the one that it is told', async () => {
    const cwd = await workspace({ 'deep/mine': doubtful });
    const ignore = [{ code: 'text/line-ends', because: 'it came so' }];
    await writeFile(path.join(cwd, 'widget.config.json'), JSON.stringify({ failLevel: 'warning' }));
    await writeFile(path.join(cwd, 'other.json'), JSON.stringify({ ignore, failLevel: 'notice' }));

    expect((await runValidate(['deep/mine'], { cwd })).exitCode).toBe(1);
    expect((await runValidate(['deep/mine', '--config', 'other.json'], { cwd })).exitCode).toBe(0);
  });

  it('mends a folder, says so beside the report, and reports what is left', async () => {
    const cwd = await workspace({ mine: { files: { 'style.css': '.my-a {}\r\n', 'i18n/es.json': '{}' } } });
    const first = await runValidate(['mine', '--fix', '--format', 'json'], { cwd });
    const second = await runValidate(['mine', '--fix', '--format', 'json'], { cwd });

    expect(first.stderr).toBe(
      '✔ mine: mended\n  style.css: line ends made LF\n  i18n/es.json: 5 missing texts copied from en and marked\n',
    );
    const { findings } = JSON.parse(first.stdout) as ValidationReport;
    expect([...new Set(findings.map(({ code }) => code))]).toEqual(['i18n/copied-text']);
    expect(first.exitCode).toBe(0);
    expect(second.stderr).toBe('✔ mine: nothing to mend\n');
    expect(second.stdout).toBe(first.stdout);
    expect(await readFile(path.join(cwd, 'mine/style.css'), 'utf8')).toBe('.my-a {}\n');
  });

  it('says in one line what is wrong with an option, and what to do, and ends with 2', async () => {
    const cwd = await workspace({ mine: {} });
    await writeFile(path.join(cwd, 'wrong.json'), '{\n  "ignroe": []\n}');
    const archive = await writeArchive(widgetFiles());
    for (const [args, said, next] of [
      [['--target', 'komo'], '--target must be kommo or amocrm; it is "komo". Did you mean kommo?', '--help'],
      [['--audience', 'all'], '--audience must be private or public; it is "all".', '--help'],
      [['--fail-level', 'warn'], '--fail-level must be error, warning or notice; it is "warn".', '--help'],
      [['--format', 'jsno'], 'it is "jsno". Did you mean json?', '--help'],
      [['--config', 'none.json'], 'There is no configuration at', 'Give the path of a file'],
      [
        ['--config', 'wrong.json'],
        'wrong.json:2:3: There is no key "ignroe" here. Did you mean "ignore"?',
        'Mend',
      ],
      [[archive, '--fix'], 'is an archive.', 'Unpack it'],
      [['none/*'], 'No folder and no zip archive matches none/*.', 'Check the pattern'],
    ] as const) {
      const { exitCode, stdout, stderr } = await runValidate(['mine', ...args], { cwd });
      const [first = '', second = ''] = stderr.split('\n');

      expect(first).toContain(said);
      expect(second).toContain(next);
      expect(stderr).not.toMatch(/\n\s+at /);
      expect(stdout).toBe('');
      expect(exitCode).toBe(2);
    }
    const { exitCode, stderr } = await runValidate(['--fix'], { cwd });
    expect(stderr).toContain('--fix needs the path of a folder');
    expect(exitCode).toBe(2);
  });
});
