import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { SourceError } from './bundle.js';

/** Everything that the widget's types depend on. */
const inputs = ['src', 'i18n/en.json', 'tsconfig.json', 'package-lock.json'];

/**
 * Checks the widget's types in a process of its own, beside the bundling. What was found good once is not
 * checked again until a source, an option or a package changes. Throws {@link SourceError}.
 */
export async function typecheck(root: string): Promise<void> {
  const stamp = path.join(root, 'node_modules', '.cache', 'pipeline-messenger', 'types-checked');
  const digest = await digestOf(root);
  if ((await readFile(stamp, 'utf8').catch(() => '')) === digest) return;
  await runCompiler(root);
  await mkdir(path.dirname(stamp), { recursive: true });
  await writeFile(stamp, digest);
}

async function runCompiler(root: string): Promise<void> {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const project = path.join(root, 'src', 'widget', 'tsconfig.json');
  const child = spawn(process.execPath, [tsc, '-p', project, '--pretty', 'false'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output, exitCode] = await Promise.all([
    text(child.stdout),
    new Promise<number | null>((resolve, reject) => {
      child.on('close', resolve).on('error', reject);
    }),
  ]);
  if (exitCode !== 0) throw new SourceError(output.trim().split('\n'));
}

async function digestOf(root: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of await filesOf(root)) {
    hash.update(file).update('\0');
    hash.update(await readFile(path.join(root, file)).catch(() => '')).update('\0');
  }
  return hash.digest('hex');
}

async function filesOf(root: string): Promise<string[]> {
  const files = await Promise.all(
    inputs.map(async (input) => {
      if (path.extname(input) !== '') return [input];
      const entries = await readdir(path.join(root, input), { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
    }),
  );
  return files.flat().sort();
}
