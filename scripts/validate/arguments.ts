import { UserError } from '../cli/errors.js';
import type { CommandContext, CommandOption } from '../cli/command.js';
import type { Severity } from './finding.js';
import { nearest } from './nearest.js';
import { type Format, formats } from './report/index.js';
import { audiences, type Audience, failLevels, type Target, targets } from './situation.js';
import { saysUploaded, uploadedForm } from './uploaded/said.js';
import { list, quote } from './words.js';

/** The options of `npm run validate` about what is checked and how it is told. */
export const validateOptions = {
  target: {
    type: 'string',
    value: targets.join('|'),
    help: "The platform it is for; default: told by the manifest's locales.",
  },
  audience: {
    type: 'string',
    value: audiences.join('|'),
    help: 'For your own accounts (default), or for the marketplace, whose moderation asks for more.',
  },
  'fail-level': {
    type: 'string',
    value: failLevels.join('|'),
    help: 'What ends with 1: findings of this severity and graver ones; default error.',
  },
  format: { type: 'string', value: formats.join('|'), help: 'How the findings are printed; default text.' },
  config: {
    type: 'string',
    value: 'FILE',
    help: 'The configuration; default: widget.config.json in the folder, beside it, or here.',
  },
  uploaded: {
    type: 'string',
    value: 'VERSION|ZIP',
    help: 'What was uploaded last, to be told of a version that was not raised: 1.4.2, or the archive.',
  },
  fix: {
    type: 'boolean',
    help: 'Mend in folders what is safe to mend, then check: see docs/validate.md.',
  },
} as const satisfies Record<string, CommandOption>;

interface ValidateArguments {
  target: Target | undefined;
  audience: Audience | undefined;
  failLevel: Severity | undefined;
  format: Format;
  /** As it was typed. */
  config: string | undefined;
  /** As it was typed. */
  uploaded: string | undefined;
  fix: boolean;
}

/** What the options say; a {@link UserError} for a value that none of them takes. */
export function readArguments(values: CommandContext['values']): ValidateArguments {
  return {
    target: choice(values, 'target', targets),
    audience: choice(values, 'audience', audiences),
    failLevel: choice(values, 'fail-level', failLevels),
    format: choice(values, 'format', formats) ?? 'text',
    config: values['config'] as string | undefined,
    uploaded: uploadedIn(values['uploaded'] as string | undefined),
    fix: values['fix'] === true,
  };
}

function uploadedIn(value: string | undefined): string | undefined {
  if (value === undefined || saysUploaded(value)) return value;
  throw new UserError(`--uploaded must be ${uploadedForm}; it is ${quote(value)}.`, { nextStep: seeHelp });
}

const seeHelp = 'See what it takes: npm run validate -- --help';

function choice<Choice extends string>(
  values: CommandContext['values'],
  name: string,
  allowed: readonly Choice[],
): Choice | undefined {
  const value = values[name] as string | undefined;
  if (value === undefined) return undefined;
  const found = allowed.find((one) => one === value);
  if (found !== undefined) return found;
  const meant = nearest(value, allowed);
  const hint = meant === null ? '' : ` Did you mean ${meant}?`;
  throw new UserError(`--${name} must be ${list(allowed, { last: 'or' })}; it is ${quote(value)}.${hint}`, {
    nextStep: seeHelp,
  });
}
