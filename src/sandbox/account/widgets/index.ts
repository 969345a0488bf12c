import { widgetFiles, type WidgetFileOptions } from './files.js';
import { installWidget, saveWidgetSettings, switchWidgetOff, switchWidgetOn } from './installation.js';
import { listWidgets } from './list.js';
import { crmPostProxy } from './proxy.js';
import { acceptForms, bodyFields, isRecord, textField } from '../oauth/fields.js';
import { isFromOwnPage } from '../oauth/own-page.js';
import { lackingSettings } from '../../required-settings.js';
import type { FastifyInstance } from 'fastify';
import type { AccountContext } from '../context.js';
import type { WidgetInstallation } from '../state.js';

/** What the account's pages need for widgets: their files, the list, the settings, and `crm_post`'s proxy. */
export function widgets(
  app: FastifyInstance,
  context: AccountContext,
  options: WidgetFileOptions = {},
): void {
  widgetFiles(app, context, options);
  app.register((room, _options, done) => {
    acceptForms(room);
    crmPostProxy(room, context);
    settingsCalls(room, context);
    done();
  });
}

function settingsCalls(app: FastifyInstance, context: AccountContext): void {
  // The wrapper `widgets`, an object by code, is what public widgets read from it.
  app.post('/ajax/widgets/list', (request, reply) => {
    if (!isFromOwnPage(request)) return reply.code(403).send(failed('Forbidden'));
    return reply.send({ widgets: listWidgets(context, textField(bodyFields(request.body), 'area') ?? '') });
  });

  /*
   * The save of the settings modal, with the fields and the answer that public widgets show: `action=edit`, `id`,
   * `code`, `widget_active` and `settings`; `{ response: { status: 'ok' } }`. Without `settings` it only installs, or
   * switches on again what was saved before. Settings that lack something required are refused.
   */
  app.post('/ajax/widgets/edit', async (request, reply) => {
    if (!isFromOwnPage(request)) return reply.code(403).send(failed('Forbidden'));
    const fields = bodyFields(request.body);
    const widget = findWidget(context, fields);
    if (widget === undefined) return reply.code(404).send(failed('No widget has this code and id.'));
    if (context.account.users.get(context.currentUserId())?.rights.is_admin !== true) {
      return reply.code(403).send(failed('Only an administrator can set up a widget.'));
    }
    const { widget_active: active, settings } = fields;
    if (active === 'N' || active === false || active === 'false') {
      switchWidgetOff(widget);
      return reply.send({ response: { status: 'ok' } });
    }
    const lacking = isRecord(settings)
      ? lackingSettings(widget.manifest['settings'], settings, widget.settings)
      : [];
    if (lacking.length > 0) {
      return reply.code(400).send(failed(`Required and empty: ${lacking.join(', ')}.`));
    }
    await installWidget(context, widget);
    if (isRecord(settings)) saveWidgetSettings(widget, settings);
    else switchWidgetOn(widget);
    return reply.send({ response: { status: 'ok' } });
  });
}

function failed(error: string) {
  return { response: { status: 'fail', error } };
}

function findWidget(
  context: AccountContext,
  fields: Readonly<Record<string, unknown>>,
): WidgetInstallation | undefined {
  const widget = context.account.widgets.get(textField(fields, 'code') ?? '');
  const { id } = fields;
  const isOther = (typeof id === 'string' || typeof id === 'number') && Number(id) !== widget?.id;
  return isOther ? undefined : widget;
}
