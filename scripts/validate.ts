import { existsSync } from 'node:fs';
import path from 'node:path';
import { projectPaths } from './build/paths.js';
import { runCommand } from './cli/command.js';
import { exitCodes, UserError } from './cli/errors.js';
import { userPath } from './cli/user-path.js';
import { aboutRules, aboutRulesOptions } from './validate/about-rules.js';
import { list } from './validate/words.js';

await runCommand({
  usage: 'npm run validate --',
  summary:
    'Checks a widget, a folder or a zip, before Kommo does. Without a path it checks dist/widget, which it builds\nif it is not there.',
  options: {
    format: {
      type: 'string',
      value: 'text|json|sarif|github',
      help: 'How the findings are printed; default text.',
    },
    ...aboutRulesOptions,
  },
  maxPositionals: 1,
  examples: [
    'npm run validate',
    'npm run validate -- ../my-widget/widget.zip',
    'npm run --silent validate -- ../my-widget --format json > report.json',
    'npm run validate -- --explain i18n/empty-text',
  ],
  async run({ values, positionals, stdout, outColors }) {
    const page = { columns: stdout.columns, color: outColors.isColorSupported };
    const about = await aboutRules(values, { ...page, widgets: positionals });
    if (about !== null) {
      stdout.write(`${about}\n`);
      return exitCodes.done;
    }
    const format = values['format'] ?? 'text';
    const { checkPath, formatReport, formats } = await import('./validate/index.js');
    const known = formats.find((name) => name === format);
    if (known === undefined) {
      throw new UserError(`The format must be ${list(formats, { last: 'or' })}; it is "${String(format)}".`, {
        nextStep: 'See what it takes: npm run validate -- --help',
      });
    }
    const [typed] = positionals;
    const subject = typed ?? (await builtWidget());
    const widget = await checkPath(typed === undefined ? subject : userPath(typed), { subject });
    const text = formatReport(known, [widget], { ...page, root: userPath('.') });
    stdout.write(`${text}\n`);
    return widget.report.summary.errors > 0 ? exitCodes.findings : exitCodes.done;
  },
});

/** The path of the built widget; builds it when nobody has. */
async function builtWidget(): Promise<string> {
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
  return path.relative(process.cwd(), widget) || '.';
}
