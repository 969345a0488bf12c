import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFolder } from '../../../scripts/archive/read-folder.js';
import { readZip } from '../../../scripts/archive/read-zip.js';
import { copyProject, type ProjectCopy } from '../../support/project-copy.js';

let project: ProjectCopy;
const at = (...parts: string[]): string => path.join(project.root, ...parts);
const manifestText = (): Promise<string> => readFile(at('widget', 'manifest.json'), 'utf8');
const setManifest = (text: string): Promise<void> => writeFile(at('widget', 'manifest.json'), text);
const sha256 = async (file: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex');

/** Every file under `dist` and the manifest, by content: what a failed command must leave alone. */
async function state(): Promise<Record<string, string>> {
  const files = await readdir(at('dist'), { recursive: true, withFileTypes: true }).catch(() => []);
  const all = files.filter((file) => file.isFile()).map((file) => path.join(file.parentPath, file.name));
  const entries = await Promise.all(
    [...all, at('widget', 'manifest.json')].map(
      async (file) => [path.relative(project.root, file), await sha256(file)] as const,
    ),
  );
  return Object.fromEntries(entries);
}

beforeAll(async () => {
  project = await copyProject();
}, 120_000);

afterAll(() => project.remove());

describe('npm run pack', { timeout: 120_000 }, () => {
  it('writes both archives, raises the version with the formatting kept, and says what it did', async () => {
    const original = (await manifestText())
      .replace('"0.1.0"', '"1.2.3"')
      .replace('"widget": {', '"widget":   {');
    await setManifest(original);
    const { exitCode, stdout, stderr } = await project.run('pack');
    expect(stderr).not.toContain('bug');
    expect(exitCode).toBe(0);
    expect(await manifestText()).toBe(original.replace('"1.2.3"', '"1.2.4"'));
    expect((await readdir(at('dist'))).sort()).toEqual([
      'kommo-pipeline-messenger-1.2.4.zip',
      'widget',
      'widget.zip',
    ]);

    const digest = await sha256(at('dist', 'widget.zip'));
    expect(await sha256(at('dist', 'kommo-pipeline-messenger-1.2.4.zip'))).toBe(digest);
    expect(stdout).toContain(`SHA-256 ${digest}`);
    expect(stdout).toContain('packed version 1.2.3 → 1.2.4');
    expect(stdout).toMatch(/ {2}i18n\/\n {4}en\.json +[\d.]+ kB +[\d.]+ kB\n/);

    const { files, problems } = await readZip(await readFile(at('dist', 'widget.zip')));
    expect(problems).toEqual([]);
    const folder = await readFolder(at('dist', 'widget'));
    expect([...files.keys()]).toEqual([...folder.files.keys()]);
    for (const [name, content] of files)
      expect(content.equals(folder.files.get(name) ?? Buffer.alloc(0)), name).toBe(true);
    expect(JSON.parse(files.get('manifest.json')?.toString() ?? '')).toMatchObject({
      widget: { version: '1.2.4' },
    });
  });

  it('holds what the manifest names and nothing else: no map, no source, no other language', async () => {
    const { files } = await readZip(await readFile(at('dist', 'widget.zip')));
    const names = [...files.keys()].filter((name) => !name.startsWith('images/'));
    expect(names).toEqual([
      'connect.js',
      'dp-form.js',
      'i18n/en.json',
      'i18n/es.json',
      'i18n/id.json',
      'i18n/pt.json',
      'i18n/tr.json',
      'manifest.json',
      'script.js',
      'settings.js',
      'style.css',
      'templates/message-tools.twig',
      'vendor.css',
      'vendor.js',
    ]);
    expect([...files.keys()].filter((name) => name.startsWith('images/tour/ru'))).toEqual([]);
  });

  it('leaves no trace of the development loader in an archive for customers', async () => {
    const { files } = await readZip(await readFile(at('dist', 'widget.zip')));
    const ours = [...files].filter(([name]) => /\.(js|json|twig|css)$/.test(name) && name !== 'vendor.js');
    for (const [name, content] of ours)
      expect(content.toString(), name).not.toMatch(/localhost|127\.0\.0\.1|dev-source|localStorage/);
  });

  it('warns that the webhook address is a placeholder, and takes the given one', async () => {
    const warned = await project.run('pack', ['--bump', 'none', '--dry-run']);
    expect(warned.stderr).toContain('manifest/placeholder-url');
    expect(warned.stderr).toContain('set it with --webhook-url or WEBHOOK_URL');

    const url = 'https://hooks.messenger.test/hooks/digital-pipeline/abc';
    const { exitCode, stderr } = await project.run('pack', ['--bump', 'none'], { env: { WEBHOOK_URL: url } });
    expect(exitCode).toBe(0);
    expect(stderr).not.toContain('webhook address');
    const { files } = await readZip(await readFile(at('dist', 'widget.zip')));
    expect(files.get('manifest.json')?.toString()).toContain(`"webhook_url": "${url}"`);
    expect(files.get('script.js')?.toString()).toContain(`const backendAddress = '${new URL(url).origin}';`);
    expect(await manifestText()).not.toContain(url);
  });

  it('gives the same bytes whatever the time zone, umask, locale, file times, directory order and place', async () => {
    const first = await project.run('pack', ['--bump', 'none']);
    const other = await copyProject();
    try {
      await writeFile(path.join(other.root, 'widget', 'manifest.json'), await manifestText());
      await disorder(path.join(other.root, 'i18n'));
      await disorder(path.join(other.root, 'templates'));
      const before = process.umask(0o077);
      const second = await other
        .run('pack', ['--bump', 'none'], {
          env: { TZ: 'Pacific/Chatham', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
        })
        .finally(() => process.umask(before));
      const digest = /SHA-256 ([0-9a-f]{64})/;
      expect(digest.exec(second.stdout)?.[1]).toBe(digest.exec(first.stdout)?.[1] ?? 'none');
      expect(
        (await readFile(path.join(other.root, 'dist', 'widget.zip'))).equals(
          await readFile(at('dist', 'widget.zip')),
        ),
      ).toBe(true);
    } finally {
      await other.remove();
    }
  });

  it('gives the bytes of a cold build after a build of another version', async () => {
    const digest = /SHA-256 ([0-9a-f]{64})/;
    await project.run('pack', ['--bump', '7.0.0', '--dry-run']);
    const warm = await project.run('pack', ['--bump', 'none', '--dry-run']);
    await rm(at('node_modules', '.cache'), { recursive: true });
    const cold = await project.run('pack', ['--bump', 'none', '--dry-run']);
    expect(digest.exec(cold.stdout)?.[1]).toBe(digest.exec(warm.stdout)?.[1] ?? 'none');
  });

  it('writes nothing with --dry-run', async () => {
    const before = await state();
    const { exitCode, stdout } = await project.run('pack', ['--dry-run', '--bump', 'major']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('would pack version 1.2.4 → 2.0.0');
    expect(stdout).toContain('Nothing was written.');
    expect(await state()).toEqual(before);
  });

  it.each([
    [
      'a type error',
      'src/contract/dp-settings.ts',
      (text: string) => `${text}\nexport const wrong: number = 'text';\n`,
      /TS2322/,
    ],
    ['a syntax error', 'src/widget/notify.ts', (text: string) => `${text}\nconst = ;\n`, /notify\.ts/],
    [
      'a manifest that is cut off',
      'widget/manifest.json',
      (text: string) => text.slice(0, 200),
      /manifest\.json/,
    ],
    [
      'a missing translation',
      'i18n/es.json',
      (text: string) => text.replace('"channels"', '"chanels"'),
      /i18n\/es\.json/,
    ],
  ])('changes nothing when there is %s', async (_what, file, spoil, complaint) => {
    const original = await readFile(at(file), 'utf8');
    await writeFile(at(file), spoil(original));
    try {
      const before = await state();
      const { exitCode, stdout, stderr } = await project.run('pack');
      expect(`${stdout}${stderr}`).toMatch(complaint);
      expect(`${stdout}${stderr}`).not.toMatch(/\n\s+at /);
      expect(exitCode).toBe(1);
      expect(await state()).toEqual(before);
    } finally {
      await writeFile(at(file), original);
    }
  });

  it.each([
    ['a list', '[]', 1],
    ['null', 'null', 1],
    ['a number', '42', 1],
    ['empty', '', 1],
    ['a widget that is null', '{"widget": null}', 2],
    ['without a version', '{"widget": {}}', 2],
    ['a version that leads out of the folder', '{"widget": {"version": "../../evil"}}', 2],
  ])(
    'takes a manifest that is %s for a mistake of the widget, not for one of its own',
    async (_what, text, code) => {
      const original = await manifestText();
      await setManifest(text);
      try {
        for (const args of [[], ['--bump', 'none']]) {
          const { exitCode, stderr } = await project.run('pack', args);
          expect(stderr).not.toMatch(/\n\s+at |bug/);
          expect(exitCode).toBe(code);
        }
        const { exitCode, stderr } = await project.run('build');
        expect(stderr).not.toMatch(/\n\s+at |bug/);
        expect(exitCode).toBe(0);
      } finally {
        await setManifest(original);
      }
    },
  );

  it('tells of an ignore that meets nothing, but not of one that the development loader keeps from meeting', async () => {
    const unused = { code: 'images/missing', because: 'they come later' };
    await writeFile(at('widget.config.json'), JSON.stringify({ ignore: [unused] }, null, 2));
    try {
      const packed = await project.run('pack', ['--dry-run'], { env: { INIT_CWD: at('widget') } });
      expect(packed.stderr).toMatch(
        /^\.\.\/widget\.config\.json\n\n {2}▲ warning {2}3:5 {2}config\/unused-ignore\n {4}There is no finding images\/missing to ignore\.$/m,
      );
      expect(packed.exitCode).toBe(0);
      const development = await project.run('pack', ['--dry-run', '--dev']);
      expect(development.stderr).not.toContain('config/unused-ignore');
      expect(development.exitCode).toBe(0);
    } finally {
      await rm(at('widget.config.json'));
    }
  });

  it.each(['widget/manifest.json', 'i18n/en.json', 'src/widget/style.css', 'templates'])(
    'says in a line that %s is missing',
    async (file) => {
      await rename(at(file), at('away'));
      try {
        const { exitCode, stderr } = await project.run('pack');
        expect(stderr).toContain(path.basename(file));
        expect(stderr).not.toMatch(/\n\s+at |bug/);
        expect(exitCode).toBeGreaterThan(0);
        expect(exitCode).toBeLessThan(3);
      } finally {
        await rename(at('away'), at(file));
      }
    },
  );

  it('has one line for an English language file that is a list', async () => {
    const original = await readFile(at('i18n', 'en.json'), 'utf8');
    await writeFile(at('i18n', 'en.json'), '[]');
    try {
      const { exitCode, stderr } = await project.run('pack');
      expect(stderr).toContain('error i18n/en.json must be a JSON object of texts');
      expect(stderr.split('\n').length).toBeLessThan(6);
      expect(exitCode).toBe(1);
    } finally {
      await writeFile(at('i18n', 'en.json'), original);
    }
  });

  it('takes --out from where the command was typed, and only the name of an archive', async () => {
    await mkdir(at('typed-here'), { recursive: true });
    const typed = await project.run('pack', ['--bump', 'none', '--out', 'mine.zip'], {
      env: { INIT_CWD: at('typed-here') },
    });
    expect(typed.exitCode).toBe(0);
    expect(await readdir(at('typed-here'))).toEqual(['mine.zip']);
    const manifest = await manifestText();
    const { exitCode, stderr } = await project.run('pack', [
      '--bump',
      'none',
      '--out',
      'widget/manifest.json',
    ]);
    expect(stderr).toContain('ending in .zip');
    expect(exitCode).toBe(2);
    expect(await manifestText()).toBe(manifest);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
    'changes nothing when %s comes while it builds',
    async (signal) => {
      const before = await state();
      const { exitCode } = await project.run('pack', ['--bump', 'major'], {
        kill: { signal, after: 'Building and checking the widget' },
      });
      expect(exitCode).not.toBe(0);
      expect(await state()).toEqual(before);
    },
  );

  it('writes the archive where --out says, and only there', async () => {
    const out = at('elsewhere', 'my.zip');
    const before = await state();
    const { exitCode } = await project.run('pack', ['--bump', 'none', '--out', out]);
    expect(exitCode).toBe(0);
    expect(await readdir(path.dirname(out))).toEqual(['my.zip']);
    expect(await state()).toEqual(before);
  });

  it('refuses a place that cannot be written, and changes nothing', async () => {
    await writeFile(at('a-file'), '');
    await mkdir(at('a-folder.zip'), { recursive: true });
    const before = await state();
    for (const out of [at('a-file', 'widget.zip'), at('a-folder.zip'), '/proc/nowhere/widget.zip']) {
      const { exitCode, stderr } = await project.run('pack', ['--out', out]);
      expect(stderr).toContain('cannot be written');
      expect(stderr).not.toMatch(/\n\s+at /);
      expect(exitCode).toBe(2);
    }
    expect(await readdir(at('a-folder.zip'))).toEqual([]);
    expect(await state()).toEqual(before);
  });

  it.each([
    [['--bump', 'huge'], /--bump takes patch, minor, major, none or a version/],
    [['--bump', '0.0.1'], /not higher than the present version/],
    [['--webhook-url', 'http://plain.example.com'], /--webhook-url must be an https address/],
    [['--url', 'http://localhost:4000'], /--url goes with --dev/],
    [['--dev', '--url', 'nowhere'], /--url must be an address/],
    [['--unknown'], /Unknown option '--unknown'/],
    [['stray'], /Unexpected argument "stray"/],
  ])('answers wrong use %j in one line, with exit code 2', async (args, message) => {
    const { exitCode, stderr } = await project.run('pack', args);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(exitCode).toBe(2);
  });

  it('explains itself with --help', async () => {
    const { exitCode, stdout } = await project.run('pack', ['--help']);
    expect(exitCode).toBe(0);
    for (const option of ['--bump', '--out', '--webhook-url', '--dry-run', '--dev', '--url'])
      expect(stdout).toContain(option);
  });

  it('makes a development archive beside the others', async () => {
    const manifest = await manifestText();
    const { exitCode, stdout } = await project.run('pack', ['--dev', '--url', 'http://localhost:4567']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('for development only');
    expect(await manifestText()).toBe(manifest);
    const { files } = await readZip(await readFile(at('dist', 'widget-dev.zip')));
    expect(files.get('dev-source.js')?.toString()).toContain('"http://localhost:4567"');
    expect(files.get('packed.js')?.toString()).toContain('PipelineMessenger');
  });
});

/** Writes the files of a folder anew in another order and with other times. */
async function disorder(folder: string): Promise<void> {
  for (const name of (await readdir(folder)).reverse()) {
    const file = path.join(folder, name);
    const content = await readFile(file);
    await rm(file);
    await writeFile(file, content);
    await utimes(file, 1_000_000_000, 1_500_000_000);
  }
}
