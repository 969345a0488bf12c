import { sortFiles, type WidgetFiles } from '../../scripts/archive/files.js';

export interface SmallWidget {
  /** Of the manifest; the blocks that they need come by themselves. */
  locations?: readonly string[];
  /** Put over the manifest's `widget`, key by key. */
  widget?: Readonly<Record<string, unknown>>;
  /** Put over the manifest, block by block. */
  manifest?: Readonly<Record<string, unknown>>;
  /** Body of the constructor after `var self = this;`; it may replace any of `this.callbacks`. */
  script?: string;
  /** By path; they replace what the builder made, and undefined takes a file out. */
  files?: Readonly<Record<string, string | undefined>>;
}

/** The blocks of the manifest that belong to locations (`platform/widget.md §1.9`). */
const blocks: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  digital_pipeline: {
    dp: {
      settings: { message: { name: 'settings.message', type: 'text', required: false } },
      action_multiple: false,
      webhook_url: 'https://example.com/hook',
    },
  },
  advanced_settings: { advanced: { title: 'advanced.title' } },
  widget_page: {
    left_menu: { reports: { title: 'menu.title', icon: '/images/logo_min.png', sort: { after: 'leads' } } },
  },
  salesbot_designer: {
    salesbot_designer: {
      greet: {
        name: 'salesbot.name',
        settings: { text: { name: 'salesbot.text', type: 'text', manual: true } },
      },
    },
  },
  sms: { sms: { endpoint: 'https://example.com/sms' } },
  mobile_card: { mobile: { frame_url: 'https://example.com/frame', color: '#112233' } },
};

const words = {
  widget: { name: 'Small widget', description: 'A widget for a test', short_description: 'For a test' },
  settings: { message: 'Message' },
  advanced: { title: 'Small widget page' },
  menu: { title: 'Small reports' },
  salesbot: { name: 'Greet', text: 'Greeting' },
};

/** A widget of a few lines that runs in a Kommo account; its callbacks all answer true. */
export function widgetFiles({
  locations = ['settings', 'lcard-1'],
  widget = {},
  manifest = {},
  script = '',
  files = {},
}: SmallWidget = {}): WidgetFiles {
  const made: Record<string, string | undefined> = {
    'manifest.json': JSON.stringify({
      widget: {
        name: 'widget.name',
        description: 'widget.description',
        short_description: 'widget.short_description',
        version: '1.0.0',
        interface_version: 2,
        init_once: false,
        locale: ['en'],
        installation: true,
        ...widget,
      },
      locations,
      settings: {},
      ...Object.assign({}, ...locations.map((location) => blocks[location] ?? {})),
      ...manifest,
    }),
    'i18n/en.json': JSON.stringify(words),
    'script.js': `define(['jquery'], function ($) {
  return function () {
    var self = this;
    var yes = function () { return true; };
    this.callbacks = { render: yes, init: yes, bind_actions: yes, settings: yes, dpSettings: yes, onSave: yes, destroy: yes };
    ${script}
    return this;
  };
});`,
    ...files,
  };
  return sortFiles(
    Object.entries(made).flatMap(([name, text]): [string, Buffer][] =>
      text === undefined ? [] : [[name, Buffer.from(text)]],
    ),
  );
}
