import { readFolder } from '../../../scripts/archive/read-folder.js';
import { pointToBackend } from '../../../scripts/build/backend-address.js';
import { fillManifest } from '../../../scripts/build/manifest.js';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../src/sandbox/index.js';
import { addNote } from '../../../src/sandbox/account/notes.js';
import type { NoteType } from '../../../src/sandbox/account/state.js';
import { widgetFiles, type SmallWidget } from '../../support/small-widget.js';

const field = (name: string, type: string, required = false) => ({
  [name]: { name: `settings.${name}`, type, required },
});

/** Is everywhere where a widget can be, and shows something there. */
const desk: SmallWidget = {
  locations: [
    'settings',
    'lcard-1',
    'ccard-1',
    'comcard-1',
    'cucard-1',
    'llist-1',
    'clist-1',
    'culist-1',
    'tlist-1',
    'card_sdk',
    'digital_pipeline',
    'advanced_settings',
    'widget_page',
    'salesbot_designer',
    'lead_sources',
    'sms',
  ],
  manifest: {
    settings: {
      ...field('token', 'text', true),
      ...field('secret', 'pass'),
      ...field('phones', 'users'),
      ...field('keys', 'users_lp'),
      ...field('custom', 'custom'),
    },
    salesbot_designer: {
      greet: {
        name: 'salesbot.name',
        settings: {
          text: { name: 'salesbot.text', type: 'text', manual: true },
          price: { name: 'salesbot.price', type: 'numeric', required: false },
        },
      },
    },
  },
  script: `
    var later = function (value) { return $.Deferred().resolve(value).promise(); };
    function chosen() {
      var selected = self.list_selected().selected;
      $('.phone-desk').html('<p>What was selected: ' + selected.length + '</p>');
      self.widgetsOverlay(true);
    }
    $.extend(this.callbacks, {
      render: function () {
        self.render_template({
          caption: { class_name: 'phone-desk-caption' },
          body: '<div class="phone-desk"><p>Balance: 12</p></div>'
        }, {});
        return true;
      },
      init: function () {
        self.add_action('phone', function () {});
        self.add_source('sms', function (sms) {
          return sms.message === 'bad' ? Promise.reject(new Error('No credit')) : Promise.resolve();
        });
        return true;
      },
      leads: { selected: chosen }, contacts: { selected: chosen }, customers: { selected: chosen }, todo: { selected: chosen },
      loadPreloadedData: function () { return later([{ id: 1, sku: 'S-1', name: 'Saddle', price: 20 }]); },
      loadElements: function () { return later([{ id: 3, sku: 'B-3', name: 'Bell', price: 5, quantity: 2 }]); },
      searchDataInCard: function () { return later([]); },
      linkCard: function () { return later(); },
      advancedSettings: function () { $('#work-area-desk').append('<p>Rules of the phone desk</p>'); },
      initMenuPage: function () { $('#work-area-desk').append('<p>Calls of the week</p>'); },
      salesbotDesignerSettings: function () { return { exits: [{ code: 'yes', title: 'Agreed' }] }; },
      onSalesbotDesignerSave: function (code, params) {
        return params.text === 'wrong' ? '[{}]'
          : JSON.stringify([{ question: [{ handler: 'show', params: { type: 'text', value: params.text } }] }]);
      }
    });`,
  files: {
    'i18n/en.json': JSON.stringify({
      widget: {
        name: 'Phone desk',
        description: 'Calls and messages for <b>#SUBDOMAIN#</b>. <a href="https://example.com/help">Help</a>',
        short_description: 'Calls and messages',
      },
      settings: {
        token: 'Token',
        secret: 'Secret',
        phones: 'Phones',
        keys: 'Keys',
        custom: 'Rules',
        message: 'Message',
      },
      advanced: { title: 'Rules of the phone desk' },
      menu: { title: 'Calls' },
      salesbot: { name: 'Greet', text: 'Greeting', price: 'Sum' },
    }),
  },
};

/** Cannot be started. */
const broken: SmallWidget = {
  script: `throw new Error('There is no configuration for this account.');`,
  files: {
    'i18n/en.json': JSON.stringify({
      widget: { name: 'Cash register', description: 'Receipts', short_description: 'Receipts' },
    }),
  },
};

/** Breaks rules of the marketplace and fails on every card and in every list. */
const careless: SmallWidget = {
  locations: ['settings', 'lcard-1', 'llist-1'],
  script: `this.callbacks.init = function () {
    $('head').append('<style>.careless-widget, body.careless { color: red }</style>');
    APP.careless = true;
    setInterval($.noop, 60000);
    throw new Error('The answer has no field "balance".');
  };`,
  files: {
    'i18n/en.json': JSON.stringify({
      widget: {
        name: 'Weather for couriers and everybody else who is out of doors',
        description: 'Weather',
        short_description: 'Weather',
      },
    }),
  },
};

const notes: readonly (readonly [NoteType, Record<string, unknown>])[] = [
  ['common', { text: 'Wants the frames in green.\nAsked for a test ride on Friday.' }],
  [
    'call_in',
    {
      duration: 65,
      source: 'Telephone',
      phone: '+12025550101',
      link: 'https://example.com/call.mp3',
      call_result: 'Will call back',
    },
  ],
  ['call_out', { duration: 0, source: 'Telephone', phone: '+12125550103' }],
  ['sms_in', { text: 'When will it be ready?', phone: '+12025550101' }],
  ['sms_out', { text: 'Ready tomorrow', phone: '+12025550101' }],
  ['service_message', { service: 'Pipeline Messenger', text: 'Delivered to Olivia Bennett' }],
  [
    'extended_service_message',
    {
      service: 'Pipeline Messenger',
      text: 'Not delivered.\nThe number has no account in this messenger.\nhttps://example.com/a/very/long/address/that/has/no/place/to/break/in/it?and=parameters',
    },
  ],
  ['message_cashier', { status: 'created', text: 'Receipt 18' }],
  ['geolocation', { text: 'On the way', address: '1 Harbour Street', latitude: '38.9', longitude: '-77.0' }],
  ['attachment', { file_name: 'offer.pdf' }],
];

/**
 * An account in which every page has something to show: a widget that is everywhere, one with a tour that is not
 * installed, one that does not start, one that breaks rules, and a feed with every kind of note.
 *
 * @param folder Our built widget.
 * @param backend Origin of what its settings call.
 */
export async function startCast(
  folder: string,
  backend: string,
  options: Partial<SandboxOptions> = {},
): Promise<Sandbox> {
  const { files: built } = await readFolder(folder);
  const webhookUrl = `${backend}/hooks/digital-pipeline/secret`;
  const manifest = fillManifest(Buffer.from(built.get('manifest.json') ?? ''), { webhookUrl });
  const files = pointToBackend(new Map([...built, ['manifest.json', manifest]]));
  const sandbox = await startSandbox({
    widgets: [
      { files, label: 'pipeline-messenger' },
      { files: widgetFiles(desk), label: 'desk' },
      { files: widgetFiles(broken), label: 'broken' },
      { files: widgetFiles(careless), label: 'careless' },
      { files, label: 'tour', code: 'tour' },
    ],
    ...options,
  });
  if (sandbox.refused.length > 0) throw new Error(JSON.stringify(sandbox.refused));
  const { context } = sandbox.server;
  const { widgets, integrations, sources } = context.account;
  const tour = widgets.get('tour');
  const integration = integrations.get(tour?.client_uuid ?? '');
  if (tour === undefined || integration === undefined)
    throw new Error('The widget with the tour is not there.');
  tour.status = 'install';
  tour.is_active = false;
  integration.is_installed = false;
  sources.set(31, {
    id: 31,
    name: 'Shop chat',
    pipeline_id: 50,
    external_id: 'shop-1',
    default: false,
    origin_code: null,
    services: [],
    client_uuid: widgets.get('desk')?.client_uuid ?? '',
  });
  for (const [note_type, params] of notes) {
    addNote(
      context,
      { entity_type: 'leads', entity_id: 7001, note_type, params },
      { by: context.account.current_user_id, triggersDigitalPipeline: false },
    );
  }
  return sandbox;
}
