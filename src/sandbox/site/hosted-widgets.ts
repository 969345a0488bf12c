import { registerIntegration, type NewIntegration } from '../account/oauth/integrations.js';
import { saveWidgetSettings } from '../account/widgets/installation.js';
import { uploadWidget, type UploadProblem, type WidgetFiles } from '../account/widgets/upload.js';
import type { AccountContext } from '../account/context.js';
import type { DpTrigger, Integration } from '../account/state.js';

/** A widget that the sandbox puts into the account. */
export interface HostedWidget {
  readonly files: WidgetFiles;
  /** The folder or zip that it came from, for people. */
  readonly label: string;
  /** Its code in the account; made of the label unless given. */
  readonly code?: string;
  /** Its integration, where a backend knows it beforehand; made up unless given. */
  readonly integration?: Omit<NewIntegration, 'name'>;
  /** Fields of its settings that are saved when it is installed. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Actions of it that stand in the digital pipeline from the start. */
  readonly triggers?: readonly Omit<DpTrigger, 'id' | 'widget_code'>[];
}

export interface HostOptions {
  /** Whether it is installed and switched on at once, as an administrator's API call would do. */
  readonly installed: boolean;
  /** Where the integration takes its hooks; its host is also `aud` of one-time tokens. */
  readonly redirectUri: string;
  /** An integration that the widget had before: its id, secret and addresses stay. */
  readonly integration?: Integration;
}

export type Hosted =
  | { readonly ok: true; readonly code: string }
  | { readonly ok: false; readonly problems: readonly UploadProblem[] };

/** Creates an integration for a widget and uploads it there, as a developer does in Settings → Integrations. */
export function hostWidget(
  context: AccountContext,
  {
    files,
    label,
    code = freeCode(context, label),
    integration: known,
    settings = {},
    triggers = [],
  }: HostedWidget,
  { installed, redirectUri, integration }: HostOptions,
): Hosted {
  const registered = registerIntegration(context, {
    name: label,
    redirect_uri: redirectUri,
    ...known,
    ...integration,
  });
  if (!registered.ok) {
    return {
      ok: false,
      problems: registered.problems.map((message) => ({ file: 'manifest.json', message })),
    };
  }
  const uploaded = uploadWidget(context, registered.integration, files, { code });
  if (!uploaded.ok) {
    context.account.integrations.delete(registered.integration.client_uuid);
    return uploaded;
  }
  registered.integration.previous_secret = integration?.previous_secret ?? null;
  if (installed) {
    registered.integration.is_installed = true;
    saveWidgetSettings(uploaded.widget, settings);
  }
  for (const trigger of triggers) {
    const id = context.ids.number();
    context.account.dp_triggers.set(id, { ...trigger, id, widget_code: code });
  }
  return { ok: true, code };
}

/** A code that follows the rules of `platform/widget.md §2.4`, as close to the label as they allow. */
function freeCode({ account }: AccountContext, label: string): string {
  const name =
    label
      .split(/[\\/]/)
      .filter((part) => part !== '' && part !== '.' && part !== '..')
      .at(-1) ?? '';
  const plain = name
    .replace(/\.zip$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '');
  const base = plain === '' ? 'widget' : plain;
  for (let number = 1; ; number++) {
    const code = number === 1 ? base : `${base}_${number}`;
    // Widgets look themselves up in APP.widgets.list, where every object has a constructor.
    if (!account.widgets.has(code) && !(code in {})) return code;
  }
}
