import { codeProblem } from './code.js';
import { viewManifest } from './manifest-view.js';
import { compareVersions, isVersion } from './version.js';
import { isRecord } from '../oauth/fields.js';
import type { AccountContext } from '../context.js';
import type { Integration, WidgetInstallation } from '../state.js';

/** The files of an archive by their path inside it, `manifest.json` at the root. */
export type WidgetFiles = ReadonlyMap<string, Uint8Array>;

export interface UploadProblem {
  /** The file that it is about. */
  readonly file: string;
  readonly message: string;
}

export type Uploaded =
  | { readonly ok: true; readonly widget: WidgetInstallation }
  | { readonly ok: false; readonly problems: readonly UploadProblem[] };

/**
 * Uploads an archive to an integration, as the platform's page does. It refuses what would leave the account
 * with a widget that it cannot list or load: the full rules of moderation are the validator's matter. The first
 * upload gives the widget its code; from then on the version has to rise (`platform/widget.md §2.4`, `§1.2`).
 *
 * @param options.code The code for a first upload; else the manifest's legacy code, else one that is made up.
 * @param options.sameVersion Takes the files without a higher version: for a developer's own rebuilds.
 */
export function uploadWidget(
  context: AccountContext,
  integration: Integration,
  files: WidgetFiles,
  { code, sameVersion = false }: { code?: string; sameVersion?: boolean } = {},
): Uploaded {
  const read = readManifest(files);
  if (!read.ok) return read;
  const view = viewManifest(read.manifest);
  const present =
    integration.widget_code === null ? undefined : context.account.widgets.get(integration.widget_code);
  const newCode =
    present?.code ??
    code ??
    view.code ??
    `widget_${integration.client_uuid.replaceAll('-', '').slice(0, 12)}`;

  const problems = [
    ...codeProblems(context, integration, newCode),
    ...versionProblems(view.version, sameVersion ? undefined : present?.version),
    ...(view.locations.includes('settings') && !view.hasSettings
      ? ['"settings" field is required in manifest.json']
      : []),
  ].map((message): UploadProblem => ({ file: 'manifest.json', message }));
  problems.push(...languageProblems(files, view.locales));
  if (problems.length > 0) return { ok: false, problems };

  const widget: WidgetInstallation = present ?? {
    id: context.ids.number(),
    code: newCode,
    version: '',
    manifest: {},
    files,
    client_uuid: integration.client_uuid,
    status: 'install',
    is_active: false,
    settings: {},
  };
  widget.version = view.version ?? '';
  widget.manifest = read.manifest;
  widget.files = files;
  context.account.widgets.set(newCode, widget);
  integration.widget_code = newCode;
  return { ok: true, widget };
}

function readManifest(
  files: WidgetFiles,
):
  | { readonly ok: true; readonly manifest: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly problems: readonly UploadProblem[] } {
  const problem = (message: string) =>
    ({ ok: false, problems: [{ file: 'manifest.json', message }] }) as const;
  const bytes = files.get('manifest.json');
  if (bytes === undefined) {
    const nested = [...files.keys()].find((path) => path.endsWith('/manifest.json'));
    return problem(
      nested === undefined
        ? 'The archive has no manifest.json at its root.'
        : `The archive has its manifest at ${nested}: the files belong at the root.`,
    );
  }
  const manifest = parseJson(bytes);
  if (!manifest.ok) return problem(`JSON was expected: ${manifest.message}`);
  if (!isRecord(manifest.value) || !isRecord(manifest.value.widget)) {
    return problem('An object with an object "widget" was expected.');
  }
  return { ok: true, manifest: manifest.value };
}

function codeProblems(context: AccountContext, integration: Integration, code: string): string[] {
  const problem = codeProblem(code);
  if (problem !== undefined) return [problem];
  const owner = context.account.widgets.get(code)?.client_uuid;
  return owner === undefined || owner === integration.client_uuid
    ? []
    : [`The code ${code} belongs to another integration.`];
}

function versionProblems(version: string | undefined, above: string | undefined): string[] {
  if (version === undefined || !isVersion(version)) {
    return [
      `widget.version: numbers with dots between them were expected, not ${JSON.stringify(version ?? null)}.`,
    ];
  }
  return above !== undefined && compareVersions(version, above) <= 0
    ? [`widget.version: a version above ${above} was expected, not ${version}.`]
    : [];
}

function languageProblems(files: WidgetFiles, locales: readonly string[]): UploadProblem[] {
  if (locales.length === 0) {
    return [{ file: 'manifest.json', message: 'widget.locale: at least one language was expected.' }];
  }
  return locales.flatMap((locale) => {
    const file = `i18n/${locale}.json`;
    const bytes = files.get(file);
    if (bytes === undefined)
      return [{ file, message: `The manifest lists ${locale}, but the file is missing.` }];
    const words = parseJson(bytes);
    return words.ok ? [] : [{ file, message: `JSON was expected: ${words.message}` }];
  });
}

function parseJson(bytes: Uint8Array): { ok: true; value: unknown } | { ok: false; message: string } {
  try {
    return { ok: true, value: JSON.parse(new TextDecoder().decode(bytes)) as unknown };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}
