import { viewManifest } from './manifest-view.js';
import { disconnectIntegration } from '../oauth/disconnect.js';
import { sendInstallHook } from '../oauth/install-hook.js';
import type { AccountContext } from '../context.js';
import type { Integration, WidgetInstallation } from '../state.js';

/**
 * Installs a widget and tells its integration, waiting for the hook's end; nothing when it is installed already.
 * The states of `platform/widget.md §6`:
 *
 * | status | active | after |
 * |---|---|---|
 * | install | no | upload, or {@link uninstallWidget} |
 * | not_configured | no | Install was pressed: the install hook is sent |
 * | installed | yes | a save with everything that is required |
 * | installed | no | {@link switchWidgetOff}; {@link switchWidgetOn} goes back |
 */
export async function installWidget(context: AccountContext, widget: WidgetInstallation): Promise<void> {
  if (widget.status !== 'install') return;
  widget.status = 'not_configured';
  const integration = integrationOf(context, widget);
  if (integration === undefined) return;
  integration.is_installed = true;
  await sendInstallHook(context, integration);
}

/**
 * Stores the fields of the settings modal and switches the widget on. A field that is not sent keeps its value.
 * A `custom` field takes JSON or a number only, anything else is not stored (`platform/widget.md §1.4`).
 */
export function saveWidgetSettings(
  widget: WidgetInstallation,
  fields: Readonly<Record<string, unknown>>,
): void {
  const { settings } = viewManifest(widget.manifest);
  const storable = Object.entries(fields).filter(
    ([code, value]) => settings.get(code) !== 'custom' || typeof value === 'number' || isJson(value),
  );
  widget.settings = { ...widget.settings, ...Object.fromEntries(storable) };
  widget.status = 'installed';
  widget.is_active = true;
}

/** Back to work with what was saved; nothing for a widget that never was. */
export function switchWidgetOn(widget: WidgetInstallation): void {
  if (widget.status === 'installed') widget.is_active = true;
}

/**
 * The switch of the settings modal: the widget is not started any more and its triggers send nothing. Whether its
 * integration loses access as well is not documented: here it keeps its tokens until the widget is uninstalled.
 */
export function switchWidgetOff(widget: WidgetInstallation): void {
  widget.is_active = false;
}

/**
 * Takes a widget off the account: its integration loses access and is told so. The stored fields stay for the next
 * installation; whether the platform keeps them is not known.
 */
export async function uninstallWidget(context: AccountContext, widget: WidgetInstallation): Promise<void> {
  if (widget.status === 'install') return;
  widget.status = 'install';
  widget.is_active = false;
  const integration = integrationOf(context, widget);
  if (integration !== undefined) await disconnectIntegration(context, integration);
}

function integrationOf(context: AccountContext, widget: WidgetInstallation): Integration | undefined {
  return context.account.integrations.get(widget.client_uuid);
}

function isJson(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}
