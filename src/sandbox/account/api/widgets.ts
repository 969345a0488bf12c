import { adminOf, callerOf } from './caller.js';
import { isRecord } from './fields.js';
import { selfLink, sendAll, sendHal, sendNothing } from './hal.js';
import { Problem } from './problem.js';
import { lackingSettings, isRequired } from '../../required-settings.js';
import { installWidget, saveWidgetSettings, uninstallWidget } from '../widgets/installation.js';
import type { FastifyInstance } from 'fastify';
import type { Caller } from './caller.js';
import type { ItemErrors } from './problem.js';
import type { AccountContext } from '../context.js';
import type { WidgetInstallation } from '../state.js';

interface ByCode {
  Params: { code: string };
}

/**
 * Widgets of the account (`platform/server.md §5.12`, `platform/widget.md §10`): anyone may read, an administrator
 * may install and uninstall. Settings are shown to the widget's own integration only.
 */
export function widgets(app: FastifyInstance, context: AccountContext): void {
  const view = (widget: WidgetInstallation, { client_uuid }: Caller) => ({
    id: widget.id,
    code: widget.code,
    version: widget.version,
    settings_template: templateOf(widget).map(([key, field]) => ({
      key,
      name: field['name'] ?? key,
      type: field['type'] ?? 'text',
      is_required: isRequired(field),
    })),
    is_lead_source: locationsOf(widget).includes('lead_sources'),
    is_work_with_dp: locationsOf(widget).includes('digital_pipeline'),
    client_uuid: widget.client_uuid,
    is_active_in_account: widget.is_active,
    pipeline_id: null,
    ...(widget.client_uuid === client_uuid ? { settings: widget.settings } : {}),
    _links: selfLink(context, `/widgets/${widget.code}`),
  });

  app.get('/widgets', (request, reply) => {
    const caller = callerOf(request);
    const all = [...context.account.widgets.values()].map((widget) => view(widget, caller));
    sendAll(context, request, reply, 'widgets', all);
  });

  app.get<ByCode>('/widgets/:code', (request, reply) => {
    const caller = callerOf(request);
    sendHal(reply, view(found(context, request.params.code), caller));
  });

  app.post<ByCode>('/widgets/:code', async (request, reply) => {
    const caller = adminOf(request);
    const widget = found(context, request.params.code);
    const settings = request.body ?? {};
    if (!isRecord(settings)) throw new Problem(400, 'The body must be an object with the settings.');
    const missing = missingSettings(widget, settings);
    if (missing) throw new Problem(400, 'Request validation failed.', [missing]);
    await installWidget(context, widget);
    saveWidgetSettings(widget, settings);
    sendHal(reply, view(widget, caller));
    return reply;
  });

  app.delete<ByCode>('/widgets/:code', async (request, reply) => {
    adminOf(request);
    await uninstallWidget(context, found(context, request.params.code));
    sendNothing(reply);
    return reply;
  });
}

function found({ account }: AccountContext, code: string): WidgetInstallation {
  const widget = account.widgets.get(code);
  if (!widget) throw new Problem(404, `There is no widget ${code}.`);
  return widget;
}

function locationsOf({ manifest }: WidgetInstallation): readonly unknown[] {
  return Array.isArray(manifest['locations']) ? manifest['locations'] : [];
}

function templateOf({ manifest }: WidgetInstallation): [string, Record<string, unknown>][] {
  const settings = isRecord(manifest['settings']) ? manifest['settings'] : {};
  return Object.entries(settings).map(([key, field]) => [key, isRecord(field) ? field : {}]);
}

function missingSettings(
  widget: WidgetInstallation,
  settings: Readonly<Record<string, unknown>>,
): ItemErrors | undefined {
  const errors = lackingSettings(widget.manifest['settings'], settings, widget.settings).map((path) => ({
    code: 'FieldMissing',
    path,
    detail: 'This field is required.',
  }));
  return errors.length > 0 ? { request_id: '0', errors } : undefined;
}
