import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { SourceError } from './bundle.js';

/** Checks the widget's types in a process of its own, beside the bundling. Throws {@link SourceError}. */
export async function typecheck(root: string, { signal }: { signal?: AbortSignal } = {}): Promise<void> {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const project = path.join(root, 'src', 'widget', 'tsconfig.json');
  const child = spawn(process.execPath, [tsc, '-p', project, '--pretty', 'false'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(signal === undefined ? {} : { signal }),
  });
  const [output, exitCode] = await Promise.all([
    text(child.stdout),
    new Promise<number | null>((resolve, reject) => {
      child.on('close', resolve).on('error', reject);
    }),
  ]);
  if (exitCode !== 0) throw new SourceError(output.trim().split('\n'));
}
