import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'acorn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyProject, type ProjectCopy } from '../../support/project-copy.js';

let project: ProjectCopy;
let stdout: string;
const at = (...parts: string[]): string => path.join(project.root, ...parts);
const built = (name: string): Promise<string> => readFile(at('dist', 'widget', name), 'utf8');
const ours = ['script.js', 'dp-form.js', 'settings.js', 'connect.js'];

beforeAll(async () => {
  project = await copyProject();
  const outcome = await project.run('build');
  expect(outcome.exitCode, outcome.stderr).toBe(0);
  stdout = outcome.stdout;
}, 120_000);

afterAll(() => project.remove());

describe('npm run build', { timeout: 120_000 }, () => {
  it('prints each file with its size, raw and gzipped', () => {
    expect(stdout).toMatch(/^ +raw +gzip$/m);
    expect(stdout).toMatch(/^ {2}script\.js +[\d.]+ kB +[\d.]+ kB$/m);
    expect(stdout).toMatch(/built version 0\.1\.0 in dist\/widget/);
  });

  it('leaves no file of an earlier build in the folder', async () => {
    await writeFile(at('dist', 'widget', 'leftover.js'), '');
    await project.run('build');
    expect(await readdir(at('dist', 'widget'))).not.toContain('leftover.js');
    expect(await readdir(at('dist'))).toEqual(['widget']);
  });

  it.each(ours)('makes %s one anonymous AMD module', async (file) => {
    const { body } = parse(await built(file), { ecmaVersion: 2021, sourceType: 'script' });
    expect(body).toHaveLength(1);
    expect(body[0]).toMatchObject({
      type: 'ExpressionStatement',
      expression: {
        type: 'CallExpression',
        callee: { name: 'define' },
        arguments: [{ type: 'ArrayExpression' }, {}],
      },
    });
  });

  it.each(ours)('ships %s readable: laid out, with our names and those of the sources', async (file) => {
    const code = await built(file);
    expect(code).toMatch(/^\s+\/\/ \.\/src\/widget\//m);
    expect(code).toMatch(/^ {4,}function [a-z]\w{5,}\(/m);
    expect(Math.max(...code.split('\n').map((line) => line.length))).toBeLessThan(200);
  });

  it.each(ours)('ships %s without comments, which are for who reads the sources', async (file) => {
    expect(await built(file)).not.toMatch(/\/\*\*/);
  });

  it.each(ours)('keeps what moderation forbids out of %s, and packages too', async (file) => {
    const code = await built(file);
    expect(code).not.toMatch(
      /\bconsole\.|\balert\(|\beval\(|new Function|createElement\(['"]script|localStorage/,
    );
    expect(code).not.toMatch(/^\s*\/\/ \.\/node_modules\//m);
    const packages = code.match(/^\s+'\.\/node_modules\/[^']+'\(/gm) ?? [];
    const delegated = code.match(/module\.exports = __webpack_require__\('dll-reference/g) ?? [];
    expect(delegated.length).toBe(packages.length);
    expect(code).not.toContain(project.root);
  });

  it('asks for the vendor file under the version of the manifest, so that an update meets no older one', async () => {
    expect(await built('settings.js')).toMatch(/^define\(\[[^\]]*'\.\/vendor\.js\?v=0\.1\.0'/m);
  });

  it('has what is loaded on demand compiled while it is loaded, and what is on every page not', async () => {
    const hinted = await Promise.all(
      [...ours, 'vendor.js', 'style.css', 'vendor.css'].map(async (file) =>
        (await built(file)).startsWith('//# allFunctionsCalledOnLoad\n') ? [file] : [],
      ),
    );
    expect(hinted.flat().sort()).toEqual(['connect.js', 'dp-form.js', 'settings.js', 'vendor.js']);
  });

  it('keeps the licences of the packages in the vendor file', async () => {
    const vendor = await built('vendor.js');
    expect(vendor).toContain('@license React');
    expect(vendor).toContain('react-dom.production.min.js');
    expect(await readdir(at('dist', 'widget'))).not.toContain('vendor.js.LICENSE.txt');
  });

  it.each(['style.css', 'vendor.css'])(
    'keeps every selector of %s below the widget’s own root',
    async (file) => {
      const css = (await built(file))
        .replace(/\/\*[\s\S]*?\*\//g, '')
        .replace(/@keyframes [\w-]+\s*\{(?:[^{}]*\{[^{}]*\})*\s*\}/g, '');
      const selectors = [...css.matchAll(/([^{}]+)\{/g)].flatMap(([, list = '']) => list.split(','));
      expect(selectors.length).toBeGreaterThan(20);
      for (const selector of selectors) {
        expect(selector.trim()).toMatch(
          /^((:root\[data-color-scheme='dark'\] )?\.pipeline-messenger|:where\(\.pipeline-messenger\) \._)/,
        );
      }
      expect(css).not.toMatch(/--palette-[\w-]+\s*:/);
    },
  );

  it('keeps the animations of the vendor’s styles under the names that its rules use', async () => {
    const css = await built('vendor.css');
    const names = [...css.matchAll(/@keyframes ([\w-]+)/g)].map(([, name = '']) => name);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(css).toMatch(new RegExp(`animation:[^;}]*${name}`));
  });

  it('keeps console and what else moderation forbids out of the vendor file', async () => {
    const vendor = await built('vendor.js');
    expect(vendor).not.toMatch(/\bconsole\b|\balert\(|\beval\(|new Function|localStorage/);
    expect(parse(vendor, { ecmaVersion: 2021, sourceType: 'script' }).body).toHaveLength(1);
  });

  it('names what does not compile, with exit code 1, and leaves the earlier build alone', async () => {
    const source = at('src', 'widget', 'notify.ts');
    const good = await readFile(source, 'utf8');
    const before = await built('script.js');
    await writeFile(source, good.replace('Date.now()', "'soon'"));
    const { exitCode, stderr } = await project.run('build');
    await writeFile(source, good);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/src\/widget\/notify\.ts\(\d+,\d+\): error TS\d+/);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(await built('script.js')).toBe(before);
  });

  it('builds when there is no cache and nothing was built before', async () => {
    await rm(at('dist'), { recursive: true });
    await rm(at('node_modules', '.cache'), { recursive: true });
    const { exitCode } = await project.run('build');
    expect(exitCode).toBe(0);
  });
});

describe('npm run build, where no cache can be written', { timeout: 120_000 }, () => {
  it('says so in a line', async () => {
    await rm(at('node_modules', '.cache'), { recursive: true, force: true });
    // A file where the folder should be: nobody can write below it, whatever their rights.
    await writeFile(at('node_modules', '.cache'), '');
    const { exitCode, stderr } = await project.run('build');
    await rm(at('node_modules', '.cache'));
    expect(stderr).toContain('.cache/pipeline-messenger cannot be written');
    expect(stderr).not.toMatch(/\n\s+at |TS5033/);
    expect(exitCode).toBe(2);
  });
});
