import type { UploadProblem, Uploaded, WidgetFiles } from '../../../../src/sandbox/account/widgets/upload.js';
import type { WidgetInstallation } from '../../../../src/sandbox/account/state.js';

/** The smallest widget that the account takes, with the given parts of its manifest. */
export function archive({
  widget = {},
  files = {},
  ...manifest
}: {
  widget?: Readonly<Record<string, unknown>>;
  /** Null takes a file out. */
  files?: Readonly<Record<string, string | null>>;
  [key: string]: unknown;
} = {}): WidgetFiles {
  const contents: Record<string, string | null> = {
    'manifest.json': JSON.stringify({
      widget: {
        name: 'widget.name',
        description: 'widget.description',
        short_description: 'widget.short_description',
        version: '1.0.0',
        interface_version: 2,
        locale: ['en', 'es'],
        installation: true,
        ...widget,
      },
      locations: ['settings', 'lcard-1'],
      settings: {
        login: { name: 'settings.login', type: 'text', required: false },
        managers: { name: 'settings.managers', type: 'users', required: false },
        options: { name: 'settings.options', type: 'custom', required: false },
      },
      ...manifest,
    }),
    'script.js': 'define([], function () {});',
    'i18n/en.json': JSON.stringify({ widget: { name: 'Test widget', description: 'Does nothing' } }),
    'i18n/es.json': JSON.stringify({ widget: { name: 'Widget de prueba', description: 'No hace nada' } }),
    ...files,
  };
  return new Map(
    Object.entries(contents).flatMap(([path, text]) =>
      text === null ? [] : [[path, Buffer.from(text)] as const],
    ),
  );
}

export function accepted(uploaded: Uploaded): WidgetInstallation {
  if (!uploaded.ok)
    throw new Error(uploaded.problems.map(({ file, message }) => `${file}: ${message}`).join('\n'));
  return uploaded.widget;
}

export function problemsOf(uploaded: Uploaded): readonly UploadProblem[] {
  return uploaded.ok ? [] : uploaded.problems;
}
