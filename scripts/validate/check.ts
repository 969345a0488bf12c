import { basename } from 'node:path';
import type { ArchiveContents } from '../archive/files.js';
import { type CheckedWidget, type SituationOrigin, sourcesOf } from './checked-widget.js';
import type { LoadedConfiguration } from './configuration/load.js';
import { type Finding, makeReport, type Severity } from './finding.js';
import type { AppliedIgnore } from './ignores/configured.js';
import { findingsOfInline, findingsOfUnused, isSound } from './ignores/findings.js';
import { applyIgnores } from './ignores/ignore.js';
import { inlineIgnores } from './ignores/inline.js';
import { localeEntries } from './manifest-facts.js';
import { readingRules, rules } from './registry.js';
import { runRule } from './rule.js';
import { levelIn, type SituationOptions } from './situation.js';
import type { Uploaded } from './uploaded/uploaded.js';
import { createView, prepareView, type ViewOptions, type WidgetView } from './view.js';

export interface CheckOptions extends SituationOptions {
  /** By default that of the configuration, else `error`. */
  readonly failLevel?: Severity | undefined;
  readonly configuration?: LoadedConfiguration | null | undefined;
  readonly uploaded?: Uploaded | null | undefined;
}

/** What the rules found, before anybody can say which ignores of the configuration met nothing. */
export interface Check {
  readonly usedIgnores: ReadonlySet<AppliedIgnore>;
  /** The codes of the rules that have looked. */
  readonly judged: ReadonlySet<string>;
  /**
   * The whole result. `unused` are ignores of the configuration to be told of; `file` is its path as seen from what
   * was checked.
   */
  readonly finish: (unused: readonly AppliedIgnore[], file: string) => CheckedWidget;
}

type Named = Pick<CheckedWidget, 'subject' | 'path' | 'kind'>;

/** Runs the rules over a widget and leaves out what is ignored. Never throws, whatever the files hold. */
export function check(contents: ArchiveContents, named: Named, options: CheckOptions): Check {
  return judge(createView(contents, viewOptions(named, options)), contents, named, options);
}

/** {@link check} for those who can wait, which is sooner: a script that has to run does so beside the rest. Never rejects. */
export async function checkBeside(
  contents: ArchiveContents,
  named: Named,
  options: CheckOptions,
): Promise<Check> {
  if (!contents.complete) return check(contents, named, options);
  return judge(await prepareView(contents, viewOptions(named, options)), contents, named, options);
}

function viewOptions(
  { kind, path }: Named,
  { target, audience, uploaded, configuration }: CheckOptions,
): ViewOptions {
  return {
    target: target ?? configuration?.target,
    audience: audience ?? configuration?.audience,
    archiveName: kind === 'archive' && path !== null ? basename(path) : null,
    uploaded,
  };
}

function judge(
  view: WidgetView,
  contents: ArchiveContents,
  named: Named,
  { target, audience, failLevel, configuration = null }: CheckOptions,
): Check {
  const applicable = (contents.complete ? rules : readingRules).filter(
    ({ severity }) => levelIn(severity, view.situation) !== 'off',
  );
  const judged = new Set(applicable.map(({ code }) => code));
  const found = applicable.flatMap((rule) => runRule(rule, view));
  const { kept, usedIgnores } = leaveOut(found, view, { configuration, judged });
  return {
    usedIgnores,
    judged,
    finish: (unused, file) => {
      const entries = unused.map(({ entry }) => entry);
      return {
        ...named,
        report: makeReport([...kept, ...findingsOfUnused(entries, view, file)], view.situation),
        origin: originOf({ target, audience }, configuration, view),
        configuration: configuration?.path ?? null,
        failLevel: failLevel ?? configuration?.failLevel ?? 'error',
        sourceOf: sourcesOf(contents.files),
      };
    },
  };
}

/** The ignores of a configuration that met nothing in any of the widgets that follow it, although their rule has looked. */
export function unusedIgnores(
  { ignores }: LoadedConfiguration,
  checks: readonly Pick<Check, 'judged' | 'usedIgnores'>[],
): LoadedConfiguration['ignores'] {
  return ignores.filter(
    (ignore) =>
      checks.some(({ judged }) => judged.has(ignore.code)) &&
      !checks.some(({ usedIgnores }) => usedIgnores.has(ignore)),
  );
}

/** Takes out what is ignored, in comments or in the configuration, and adds what is wrong with the comments. */
function leaveOut(
  found: readonly Finding[],
  view: WidgetView,
  { configuration, judged }: { configuration: LoadedConfiguration | null; judged: ReadonlySet<string> },
): { kept: Finding[]; usedIgnores: ReadonlySet<AppliedIgnore> } {
  const { topFolder } = view;
  const codes = new Set(rules.map(({ code }) => code));
  const comments = inlineIgnores(view.files);
  const sound = comments.filter((one) => isSound(one, codes));
  const afterComments = applyIgnores(found, sound, { topFolder });
  const aboutComments = findingsOfInline(comments, view, { used: afterComments.used, codes, judged });
  const { kept, used } = applyIgnores(
    [...afterComments.kept, ...aboutComments],
    configuration?.ignores ?? [],
    { topFolder },
  );
  return { kept, usedIgnores: used };
}

function originOf(
  { target, audience }: SituationOptions,
  configuration: LoadedConfiguration | null,
  view: WidgetView,
): SituationOrigin {
  const manifest = view.manifest();
  const tells = manifest !== null && localeEntries(manifest).length > 0;
  const otherTarget = configuration?.target !== undefined ? 'config' : tells ? 'manifest' : 'default';
  const otherAudience = configuration?.audience !== undefined ? 'config' : 'default';
  return {
    target: target !== undefined ? 'option' : otherTarget,
    audience: audience !== undefined ? 'option' : otherAudience,
  };
}
