import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectRoot } from '../../../scripts/build/paths.js';

/** A project with one command, which prints what `words.ts` says and its arguments. */
describe('a command that runs from its bundle', () => {
  let root: string;
  const inRoot = (...steps: string[]): string => path.join(root, ...steps);
  const cache = (): string => inRoot('node_modules/.cache/pipeline-messenger/commands');

  /** Writes a file as if it had been there for a while: what has just changed is not kept. */
  async function write(file: string, content: string, minutesAgo = 60): Promise<void> {
    await writeFile(inRoot(file), content);
    await age(file, minutesAgo);
  }

  async function age(file: string, minutesAgo: number): Promise<void> {
    const then = Date.now() / 1000 - minutesAgo * 60;
    await utimes(inRoot(file), then, then);
  }

  function run(...args: string[]): Promise<string> {
    return new Promise((resolve) => {
      execFile(process.execPath, [inRoot('scripts/run.mjs'), 'hello', ...args], (_error, stdout, stderr) => {
        resolve(stdout + stderr);
      });
    });
  }

  async function record(): Promise<string> {
    return readFile(path.join(cache(), 'hello.json'), 'utf8');
  }

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'pipeline-messenger-run-'));
    await mkdir(inRoot('node_modules'));
    await mkdir(inRoot('scripts'));
    await cp(path.join(projectRoot, 'scripts/run'), inRoot('scripts/run'), { recursive: true });
    await cp(path.join(projectRoot, 'scripts/run.mjs'), inRoot('scripts/run.mjs'));
    for (const name of ['esbuild', 'tsx']) {
      await symlink(path.join(projectRoot, 'node_modules', name), inRoot('node_modules', name));
    }
    await write('package.json', '{ "type": "module" }');
    await write('tsconfig.json', '{}');
    await write('node_modules/.package-lock.json', '{}');
    await write('scripts/words.ts', "export const words: string = 'good day';\n");
    await write(
      'scripts/hello.ts',
      `import { words } from './words.js';
const [, script, ...args] = process.argv;
if (args[0] === 'fail') {
  const lines: number = 4;
  throw new Error(\`there are \${lines}\`);
}
console.log([words, ...args].join(' '), script?.endsWith('hello.ts'), import.meta.url.endsWith('/scripts/hello.ts'));
`,
    );
    await age('scripts/run/make-bundle.mjs', 60);
  });

  afterEach(() => rm(root, { recursive: true, force: true }));

  it('gets its arguments and its own place, the first time and from then on', async () => {
    const first = await run('to', 'you');
    expect(first).toBe('good day to you true true\n');
    expect(await run('to', 'you')).toBe(first);
  });

  it('is bundled once', async () => {
    await run();
    const first = await record();
    await run();
    expect(await record()).toBe(first);
    expect((await readdir(cache())).filter((name) => name.startsWith('hello-'))).toHaveLength(1);
  });

  it('is the bundle that runs and not the sources', async () => {
    await run();
    const { bundle } = JSON.parse(await record()) as { bundle: string };
    await writeFile(path.join(cache(), bundle), "console.log('the bundle');\n");
    expect(await run()).toBe('the bundle\n');
  });

  it('sees that a source has changed', async () => {
    await run();
    await write('scripts/words.ts', "export const words: string = 'good bye';\n", 30);
    expect(await run()).toContain('good bye');
  });

  it('sees a change that is no second old, however often it runs', async () => {
    await run();
    for (const words of ['good eve', 'good bye', 'good ear']) {
      await writeFile(inRoot('scripts/words.ts'), `export const words: string = '${words}';\n`);
      expect(await run()).toContain(words);
    }
  });

  it('sees that packages were installed', async () => {
    await run();
    const before = await record();
    await write('node_modules/.package-lock.json', '{ "packages": {} }');
    expect(await run()).toContain('good day');
    expect(await record()).not.toBe(before);
  });

  it('runs several times at once before there is a bundle', async () => {
    const printed = await Promise.all(['a', 'b', 'c'].map((name) => run(name)));
    expect(printed).toEqual(['a', 'b', 'c'].map((name) => `good day ${name} true true\n`));
    expect(await run('d')).toContain('good day d');
  });

  it('runs where nothing can be kept', async () => {
    await writeFile(inRoot('node_modules/.cache'), 'no folder');
    expect(await run('to', 'you')).toBe('good day to you true true\n');
  });

  it.each([
    ['is cut off', '{ "root": '],
    ['is something else', '[1]'],
    ['is of another folder', '{ "root": "/elsewhere", "bundle": "hello.js", "inputs": {} }'],
  ])('is bundled again when the record %s', async (_what, content) => {
    await mkdir(cache(), { recursive: true });
    await writeFile(path.join(cache(), 'hello.json'), content);
    expect(await run()).toContain('good day');
    expect(await record()).toContain(JSON.stringify(root));
  });

  it('is bundled again when the bundle was deleted', async () => {
    await run();
    const { bundle } = JSON.parse(await record()) as { bundle: string };
    await rm(path.join(cache(), path.dirname(bundle)), { recursive: true });
    expect(await run()).toContain('good day');
  });

  it('takes away bundles that nobody runs any more, and no others', async () => {
    await mkdir(path.join(cache(), 'hello-old'), { recursive: true });
    await mkdir(path.join(cache(), 'hello-new'));
    await mkdir(path.join(cache(), 'other-old'));
    for (const name of ['hello-old', 'other-old'])
      await age(path.relative(root, path.join(cache(), name)), 60);
    await run();
    expect(await readdir(cache())).not.toContain('hello-old');
    expect(await readdir(cache())).toEqual(expect.arrayContaining(['hello-new', 'other-old']));
  });

  it('names the sources in the stack of an error', async () => {
    const printed = await run('fail');
    expect(printed).toContain('Error: there are 4\n');
    expect(printed).toContain(`    at ${inRoot('scripts/hello.ts')}:5:9\n`);
  });
});
