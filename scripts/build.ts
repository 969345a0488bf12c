import path from 'node:path';
import { buildWidget } from './build/index.js';
import { readObject, versionOf } from './build/manifest.js';
import { projectPaths } from './build/paths.js';
import { runCommand } from './cli/command.js';
import { exitCodes } from './cli/errors.js';
import { fileTree } from './cli/file-tree.js';
import { progress } from './cli/progress.js';
import { writeAll } from './files/write-all.js';

await runCommand({
  usage: 'npm run build',
  summary: 'Builds the widget into dist/widget: exactly the files that go into the archive.',
  options: {},
  async run({ stdout, outColors }) {
    const paths = projectPaths();
    const started = performance.now();
    const files = await progress('Building the widget', () => buildWidget());
    await writeAll([{ path: paths.widget, content: files }]);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const version = versionOf(readObject(files.get('manifest.json')?.toString('utf8') ?? ''));
    const place = path.relative(process.cwd(), paths.widget);
    stdout.write(
      `${fileTree(files, outColors)}\n\n${outColors.green('built')} version ${version ?? '(none)'} in ${place} (${seconds} s)\n`,
    );
    return exitCodes.done;
  },
});
