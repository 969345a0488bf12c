import { existsSync } from 'node:fs';
import path from 'node:path';
import { projectPaths } from './build/paths.js';
import { runCommand } from './cli/command.js';
import { exitCodes, UserError } from './cli/errors.js';
import { userPath } from './cli/user-path.js';
import { aboutRules, aboutRulesOptions } from './validate/about-rules.js';
import { readArguments, validateOptions } from './validate/arguments.js';
import type { NamedPath } from './validate/index.js';
import { namesArchive } from './validate/uploaded/said.js';

await runCommand({
  usage: 'npm run validate --',
  takes: '[FOLDER|ZIP|PATTERN]…',
  summary:
    'Checks widgets, folders or zips, before Kommo or amoCRM does. Without a path it checks dist/widget, which it\nbuilds if it is not there.',
  options: { ...validateOptions, ...aboutRulesOptions },
  maxPositionals: Infinity,
  examples: [
    'npm run validate',
    'npm run validate -- ../my-widget/widget.zip --audience public',
    "npm run validate -- '../widgets/*' --fail-level warning",
    'npm run validate -- ../my-widget --fix',
    'npm run --silent validate -- ../my-widget --format json > report.json',
    'npm run validate -- --explain i18n/empty-text',
  ],
  async run({ values, positionals, stdout, stderr, outColors, errColors }) {
    const { config, fix, format, uploaded, ...options } = readArguments(values);
    const page = { columns: stdout.columns, color: outColors.isColorSupported };
    const about = await aboutRules(values, { ...page, widgets: positionals });
    if (about !== null) {
      stdout.write(`${about}\n`);
      return exitCodes.done;
    }
    const { checkPaths, fails, findSubjects, fixFolders, formatReport } = await import('./validate/index.js');
    const cwd = userPath('.');
    const subjects =
      positionals.length > 0 ? await findSubjects(positionals, { cwd }) : await builtWidget(fix);
    const place = {
      cwd,
      configuration: config === undefined ? undefined : userPath(config),
      nameOf: (file: string) => path.relative(cwd, file),
    };
    if (fix) stderr.write(await fixFolders(subjects, { ...place, colors: errColors }));
    const last = uploaded !== undefined && namesArchive(uploaded) ? userPath(uploaded) : uploaded;
    const widgets = await checkPaths(subjects, { ...options, ...place, uploaded: last });
    const text = formatReport(format, widgets, { ...page, root: cwd });
    stdout.write(`${text}\n`);
    return widgets.some(fails) ? exitCodes.findings : exitCodes.done;
  },
});

/** The built widget; builds it when nobody has. */
async function builtWidget(fix: boolean): Promise<NamedPath[]> {
  if (fix) {
    throw new UserError('--fix needs the path of a folder: dist/widget is made anew by each build.', {
      nextStep: 'Name the folder whose files are to be mended.',
    });
  }
  const { widget } = projectPaths();
  if (!existsSync(widget)) {
    const [{ buildWidget }, { progress }, { writeAll }] = await Promise.all([
      import('./build/index.js'),
      import('./cli/progress.js'),
      import('./files/write-all.js'),
    ]);
    const files = await progress('Building the widget', () => buildWidget());
    await writeAll([{ path: widget, content: files }]);
  }
  return [{ path: widget, subject: path.relative(process.cwd(), widget) || '.' }];
}
