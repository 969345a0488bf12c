import { announce } from '../../announce.js';
import { $ } from '../../jquery.js';
import { isThenable } from '../../report/recorder.js';
import type { Host } from '../../host.js';
import { lackingSettings } from '../../../required-settings.js';
import { record } from './manifest.js';

export interface SaveRequest {
  readonly active: boolean;
  /** Takes the widget off instead of switching it off; `active` is false then. */
  readonly uninstall?: boolean;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Whether no later request has taken its place while the widget was thinking. */
  readonly isCurrent: () => boolean;
}

export type SaveResult =
  | { readonly kind: 'saved' | 'removed' | 'refused' | 'cannot' | 'overtaken' }
  | { readonly kind: 'incomplete'; readonly lacking: readonly string[] }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Milliseconds that switching off waits for the widget's answer. */
const patience = 3_000;

/**
 * One click on Save, Install or Uninstall (`platform/widget.md §4.1`, `§6`).
 *
 * | asked | onSave | required fields | before | stored | result |
 * |---|---|---|---|---|---|
 * | off | any answer, or none in time | any | any | switched off or uninstalled, then `destroy` | removed |
 * | on | missing, or no widget | any | any | nothing | cannot |
 * | on | no | any | installed | nothing | refused |
 * | on | no | any | not installed | installed without settings | refused |
 * | on | yes | one is empty | as with no | | incomplete |
 * | on | yes | filled | any | the fields as onSave left them | saved |
 *
 * Nothing may keep an administrator from switching a widget off (`§8`, rule 30). The first installation calls
 * `onInstall` once, whatever becomes of it; whether it comes before or after onSave is not documented.
 */
export async function saveSettings(host: Host, code: string, request: SaveRequest): Promise<SaveResult> {
  const widget = host.widget(code);
  if (widget === undefined) return { kind: 'cannot' };
  const { api, lifecycle } = host;
  const payload = { active: request.active ? 'Y' : 'N', fields: structuredClone(request.fields) };
  try {
    if (!request.active) {
      await inTime(agrees(lifecycle.call(code, 'onSave', payload)));
      await (request.uninstall === true ? api.uninstallWidget(code) : api.editWidget(code, { active: 'N' }));
      lifecycle.remove(code);
      announce($(document), 'widget:removed', [code]);
      return { kind: 'removed' };
    }

    if (!lifecycle.has(code, 'onSave')) return { kind: 'cannot' };
    const isAgreed = await agrees(lifecycle.call(code, 'onSave', payload));
    if (!request.isCurrent()) return { kind: 'overtaken' };
    const settings = { ...record(payload.fields), ...takenList(host, code) };
    const lacking = isAgreed ? lackingSettings(widget.manifest['settings'], settings, widget.settings) : [];
    const isStored = isAgreed && lacking.length === 0;
    const isFirst = widget.status === 'install';
    if (isStored || isFirst) await api.editWidget(code, { active: 'Y', ...(isStored && { settings }) });
    if (isStored) tellSettings(host, code, settings);
    if (isFirst) {
      lifecycle.call(code, 'onInstall');
      announce($(document), 'widget:installed', [code]);
    }
    if (isStored) return { kind: 'saved' };
    return isAgreed ? { kind: 'incomplete', lacking } : { kind: 'refused' };
  } catch (error) {
    return { kind: 'failed', error };
  }
}

/** The list that the widget took over with `setSdkCatalogId` before the save (`platform/widget.md §3.2`). */
function takenList({ app }: Host, code: string): { sdk_catalog_id?: number } {
  const taken = app.sdkCatalogs.all.find(({ widget }) => widget === code);
  return taken === undefined ? {} : { sdk_catalog_id: taken.id };
}

/**
 * A truthy answer is a yes, and so is a promise that is kept, unless with false: many widgets resolve theirs
 * without a value. A rejection is a no, and so is an exception, of which the life cycle makes undefined.
 */
async function agrees(returned: unknown): Promise<boolean> {
  if (!isThenable(returned)) return Boolean(returned);
  try {
    return (await returned) !== false;
  } catch {
    return false;
  }
}

async function inTime(answer: Promise<unknown>): Promise<void> {
  await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, patience))]);
}

/** A widget that lives on, as one with `init_once` does, knows what was saved. The platform's way is not documented. */
function tellSettings(
  { app, recorder }: Host,
  code: string,
  settings: Readonly<Record<string, unknown>>,
): void {
  const live = app.widgets.list[code] as { set_settings?: (settings: unknown) => void } | undefined;
  const told = { ...settings, status: 'installed', active: 'Y', widget_active: 'Y' };
  try {
    live?.set_settings?.(told);
  } catch (error) {
    recorder.exception(code, app.widgetsArea, error);
  }
}
