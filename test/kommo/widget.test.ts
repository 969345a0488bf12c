import { describe, expectTypeOf, it } from 'vitest';

import type { Callbacks, OnSaveEvent } from '../../src/kommo/callbacks.js';
import type { DisposableTokenClaims } from '../../src/kommo/disposable-token.js';
import type { TwigTemplate } from '../../src/kommo/render.js';
import type { WidgetSettings } from '../../src/kommo/settings.js';
import type { InstallStatus, WidgetConstructor, WidgetInstance } from '../../src/kommo/widget.js';

/*
 * The bodies of these functions are never run: `tsc` proves that the samples fit the types, and each
 * `@ts-expect-error` fails the type check as soon as the mistake below it is let through.
 */
function samples(self: WidgetInstance, $body: JQuery, deferred: JQueryDeferred<boolean>): readonly unknown[] {
  const constructor: WidgetConstructor = function () {
    this.callbacks = {
      render: () => true,
      init: () => true,
      bind_actions: () => true,
      settings: ($modalBody) => {
        $modalBody.find('input[name="sender"]').val('');
      },
      onSave: ({ active, fields }) => active === 'N' || Boolean(fields.sender),
      dpSettings: () => true,
      destroy: () => undefined,
      contacts: { selected: () => self.list_selected().selected },
      salesbotDesignerSettings: (_$block, renderRow) => ({
        exits: [{ code: 'sent', title: renderRow('text') }],
      }),
      onSalesbotDesignerSave: (_handlerCode, params) => JSON.stringify([{ question: [params.text] }]),
      loadPreloadedData: () => Promise.resolve({}),
      loadElements: (entity, id) => Promise.resolve([{ id, sku: 'A-1', name: entity.type, price: '999' }]),
      linkCard: ({ link, unlink }) => Promise.resolve(link.length + unlink.length),
      initMenuPage: ({ location, item_code }) => [location, item_code],
      loadCatalogElement: ({ id }) => id,
    };
    return this;
  };

  const saves: Callbacks['onSave'][] = [
    () => true,
    () => Promise.resolve(),
    (event) => {
      event.fields.custom = JSON.stringify({ sender: event.fields.sender });
      return deferred.promise();
    },
    // @ts-expect-error -- the platform needs an answer
    () => undefined,
  ];

  // @ts-expect-error -- the platform drops a widget without `init`
  const incomplete: Callbacks = { render: () => true, bind_actions: () => true };

  const misspelled: Callbacks = {
    render: () => true,
    init: () => true,
    bind_actions: () => true,
    // @ts-expect-error -- a callback that the platform doesn't know is never called
    dpSetting: () => true,
  };

  self.render_template(
    { caption: { class_name: 'sample-caption' }, body: '', render: '<p>{{ count }}</p>' },
    { count: 10 },
  );
  self.add_source('sms', ({ phone, message, contact_id }) => Promise.resolve([phone, message, contact_id]));
  self.add_source('email', ($el) => $el.empty(), 'Post');
  // @ts-expect-error -- every source but `sms` needs a label
  self.add_source('email', () => undefined);
  self.add_action('phone', ({ value }) => {
    self.crm_post(
      'https://example.com/call',
      { call_to: value },
      () => undefined,
      'json',
      () => undefined,
    );
  });
  self
    .$authorizedAjax({ url: 'https://example.com/channels', method: 'POST' })
    .done((answer) => answer)
    .fail((request: JQueryXHR) => request.status)
    .always(() => $body.empty());
  const stop = self.listenSocketChannel('leads:card:7001', ['data', 'params'], (message) => message);
  stop();
  // @ts-expect-error -- no such channel
  self.listenSocketChannel('leads/7001', [], () => undefined);
  self.set_status('error');
  // @ts-expect-error -- a state of `get_install_status`, not of `set_status`
  self.set_status('not_configured');

  return [constructor, saves, incomplete, misspelled];
}

/** The three forms of `render`, written as their callers write them. */
function renderSamples(self: WidgetInstance) {
  const file = {
    href: '/templates/panel.twig',
    base_path: self.params.cdn_path ?? self.params.path ?? '',
    v: self.get_version(),
  };
  self.render({ ...file, load: (template) => template.render({ greeting: 'Hello' }) });
  return {
    text: self.render({ data: '{{ greeting }}' }, { greeting: 'Hello' }),
    control: self.render(
      { ref: '/tmpl/controls/textarea.twig' },
      { id: 'message', style: { width: '396px' }, value: '', placeholder: 'Message' },
    ),
    select: self.render(
      { ref: '/tmpl/controls/select.twig' },
      { items: [{ id: 1, option: 'First' }], selected: 1, class_name: 'sample', id: 'sample_list' },
    ),
    // @ts-expect-error -- a select takes `items`, not `values`
    wrongParams: self.render({ ref: '/tmpl/controls/select.twig' }, { values: [] }),
    // @ts-expect-error -- no such control
    wrongControl: self.render({ ref: '/tmpl/controls/slider.twig' }),
    promised: self.render({ ...file, promised: true }),
  };
}

describe('the widget instance', () => {
  it('accepts the documented ways to write a widget', () => {
    expectTypeOf(samples).returns.toExtend<readonly unknown[]>();
  });

  it('renders text and controls at once, and a file later', () => {
    const rendered = expectTypeOf(renderSamples).returns;
    rendered.toHaveProperty('text').toEqualTypeOf<string>();
    rendered.toHaveProperty('control').toEqualTypeOf<string>();
    rendered.toHaveProperty('select').toEqualTypeOf<string>();
    rendered.toHaveProperty('promised').toEqualTypeOf<PromiseLike<TwigTemplate>>();
  });

  it('tells the three states of an installation', () => {
    expectTypeOf<WidgetInstance['get_install_status']>().returns.toEqualTypeOf<InstallStatus>();
    expectTypeOf<InstallStatus>().toEqualTypeOf<'install' | 'installed' | 'not_configured'>();
  });

  it('promises no system field, because the constructor runs before the settings arrive', () => {
    const empty: WidgetSettings = {};
    expectTypeOf(empty.path).toEqualTypeOf<string | undefined>();
    expectTypeOf<WidgetSettings['widget_active']>().toEqualTypeOf<'Y' | 'N' | undefined>();
    expectTypeOf<WidgetSettings['sender']>().toBeUnknown();
  });

  it('lets onSave change the fields that are saved', () => {
    expectTypeOf<{ active: 'Y'; fields: { sender: string } }>().toExtend<OnSaveEvent>();
    expectTypeOf<OnSaveEvent['fields']>().toEqualTypeOf<Record<string, unknown>>();
  });

  it('has the claims of the documented one-time token', () => {
    const claims = {
      iss: 'https://demo.kommo.com',
      aud: 'https://app.example.com',
      jti: 'd628f123-5123-473e-a123-ed123ef31f8f',
      iat: 1_760_000_000,
      nbf: 1_760_000_000,
      exp: 1_760_001_800,
      account_id: 12345678,
      user_id: 87654321,
      subdomain: 'demo',
      client_uuid: '0a1b2c3d-1111-4222-8333-444455556666',
    };
    expectTypeOf(claims).toExtend<DisposableTokenClaims>();
  });
});
