import { symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ValidationReport } from '../../../scripts/validate/index.js';
import { rawZip } from '../../support/raw-zip.js';
import { temporaryFolder, widgetFiles, writeArchive, writeFolder } from '../../support/widget-folder.js';
import { runValidate } from './support/run-validate.js';

const broken = { manifest: { locations: ['settings', 'lcards-1'] } };

describe('npm run validate', { timeout: 60_000 }, () => {
  it('ends with 0 for a valid folder and for its archive', async () => {
    const files = widgetFiles();

    for (const target of [await writeFolder(files), await writeArchive(files)]) {
      const { exitCode, stdout, stderr } = await runValidate([target]);

      expect(stdout).toContain(
        `✔ ${target} is valid: nothing to complain about\n  Checked for Kommo (by the `,
      );
      expect(stderr).toBe('');
      expect(exitCode).toBe(0);
    }
  });

  it('ends with 1 for errors and with 0 for warnings, without colours in a pipe', async () => {
    const wrong = await runValidate([await writeFolder(widgetFiles(broken))]);
    const doubtful = await runValidate([await writeFolder(widgetFiles({ manifest: { tour: null } }))]);

    expect(wrong.exitCode).toBe(1);
    expect(wrong.stdout).toContain('Did you mean "lcard-1"?');
    expect(wrong.stdout).not.toContain('\u001B');
    expect(doubtful.stdout).toContain('is valid: 1 warning');
    expect(doubtful.exitCode).toBe(0);
  });

  it.each([{ CI: '1' }, { FORCE_COLOR: '1' }, { TERM: 'dumb', CI: '1' }])(
    'has no colours in a pipe with %o in the environment',
    async (env) => {
      const { stdout } = await runValidate([await writeFolder(widgetFiles(broken))], { env });

      expect(stdout).toContain('manifest/unknown-location');
      expect(stdout).not.toContain('\u001B');
    },
  );

  it('does not wait for a file of the kernel that claims to be empty', async () => {
    const { exitCode, stdout } = await runValidate(['/proc/kmsg']);

    expect(stdout).toBe('');
    expect(exitCode).toBe(2);
  });

  it('prints JSON and nothing else for programs', async () => {
    const { exitCode, stdout, stderr } = await runValidate([
      await writeArchive(widgetFiles(broken)),
      '--format',
      'json',
    ]);
    const report = JSON.parse(stdout) as ValidationReport;

    expect(report).toEqual({
      target: 'kommo',
      audience: 'private',
      summary: { errors: 1, warnings: 0, notices: 0 },
      findings: [
        {
          code: 'manifest/unknown-location',
          severity: 'error',
          message: 'There is no location "lcards-1". Did you mean "lcard-1"?',
          file: 'manifest.json',
          line: 20,
          column: 5,
          expected: '"lcard-1"',
          found: '"lcards-1"',
          help: expect.stringContaining('only in the areas that it documents') as string,
        },
      ],
    });
    expect(stderr).toBe('');
    expect(exitCode).toBe(1);
  });

  it('tells about rules without a widget, and ends with 2 for a rule that there is not', async () => {
    const listed = await runValidate(['--list']);
    const explained = await runValidate(['--explain', 'json/comment']);
    const misspelt = await runValidate(['--explain', 'json/coment']);

    expect(listed.stdout).toMatch(/^archive\n {2}error {4}archive\/[^]*\njson\n/);
    expect(explained.stdout).toMatch(/^json\/comment\nJSON files have no comments\.\n/);
    expect([listed.exitCode, explained.exitCode, misspelt.exitCode]).toEqual([0, 0, 2]);
    expect(misspelt).toMatchObject({
      stdout: '',
      stderr: 'error There is no rule "json/coment".\n      Did you mean json/comment?\n',
    });
  });

  it('prints SARIF and annotations with paths from where it was called', async () => {
    const folder = await writeFolder(widgetFiles(broken));
    const env = { INIT_CWD: path.dirname(folder) };
    const name = path.basename(folder);
    const github = await runValidate([name, '--format', 'github'], { env });
    const sarif = await runValidate([name, '--format', 'sarif'], { env });

    expect(github.stdout).toMatch(`::error file=${name}/manifest.json,line=20,col=5,title=manifest/unknown-`);
    expect(sarif.stdout).toContain(`"uri": "${name}/manifest.json"`);
    expect([github.exitCode, sarif.exitCode]).toEqual([1, 1]);
  });

  it('says in one line what is wrong with a path, and ends with 2', async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'notes.txt'), 'no archive');

    for (const [args, said] of [
      [[path.join(folder, 'nowhere')], 'There is no folder or archive at'],
      [[path.join(folder, 'notes.txt', 'x')], 'There is no folder or archive at'],
      [[path.join(folder, 'notes.txt')], 'is neither a folder nor a zip archive'],
      [['/dev/null'], 'is neither a folder nor a zip archive'],
      [[folder, path.join(folder, 'notes.txt')], 'is neither a folder nor a zip archive'],
      [[path.join(folder, '*.zip')], 'No folder and no zip archive matches'],
      [['--fail', 'error', folder], "Unknown option '--fail'"],
      [['--format', 'xml', folder], '--format must be text'],
    ] as const) {
      const { exitCode, stdout, stderr } = await runValidate(args);

      expect(stderr.split('\n')[0]).toContain(said);
      expect(stderr).not.toMatch(/\n\s+at /);
      expect(stdout).toBe('');
      expect(exitCode).toBe(2);
    }
  });

  it.each([
    ['that is a text file', Buffer.from('no zip'), 'archive/not-a-zip'],
    ['that is empty', Buffer.alloc(0), 'archive/not-a-zip'],
    [
      'that is cut off',
      rawZip([{ name: 'manifest.json', data: Buffer.alloc(9) }]).subarray(0, 50),
      'archive/damaged',
    ],
  ])('has one finding for an archive %s, and ends with 1', async (_what, bytes, code) => {
    const file = path.join(await temporaryFolder(), 'widget.zip');
    await writeFile(file, bytes);
    const { exitCode, stdout } = await runValidate([file, '--format', 'json']);

    expect((JSON.parse(stdout) as ValidationReport).findings).toMatchObject([
      { code, severity: 'error', file: null },
    ]);
    expect(exitCode).toBe(1);
  });

  it('has one finding for each way in which an otherwise valid archive is dangerous', async () => {
    const entries = [...widgetFiles()].map(([name, data]) => ({ name, data }));
    const data = Buffer.from('x');
    const file = path.join(await temporaryFolder(), 'widget.zip');
    for (const [entry, code] of [
      [{ name: '../../evil.js', data }, 'archive/unsafe-name'],
      [{ name: 'manifest.json', data }, 'archive/duplicate-name'],
      [{ name: 'link', data, stored: { unixMode: 0o120777 } }, 'archive/symlink'],
      [{ name: 'locked', data, stored: { flags: 0x0801 } }, 'archive/encrypted'],
      [{ name: 'bomb.js', data: Buffer.alloc(17 * 1024 * 1024) }, 'archive/file-too-large'],
    ] as const) {
      await writeFile(file, rawZip([...entries, entry]));
      const { exitCode, stdout } = await runValidate([file, '--format', 'json']);

      expect((JSON.parse(stdout) as ValidationReport).findings.map((finding) => finding.code)).toEqual([
        code,
      ]);
      expect(exitCode).toBe(1);
    }
  });

  it('calls a file that is only a link no missing file', async () => {
    const folder = await writeFolder(widgetFiles({ files: { 'images/logo.png': null } }));
    await symlink('logo_min.png', path.join(folder, 'images/logo.png'));
    const { stdout } = await runValidate([folder, '--format', 'json']);

    expect((JSON.parse(stdout) as ValidationReport).findings).toMatchObject([
      { code: 'archive/symlink', file: 'images/logo.png' },
    ]);
  });
});
