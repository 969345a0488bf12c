import { locationCallbacks } from '../../../src/kommo/location-callbacks.js';
import { parseLocation } from '../../../src/kommo/locations.js';
import { logos, tourSize } from '../../../src/kommo/pictures.js';
import { sortFiles, type WidgetFiles } from '../../archive/files.js';
import { png } from './pictures.js';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What a file holds: a text, bytes, a value that is written as JSON, or `null` for no such file. */
export type Content = Buffer | Json;

export interface WidgetParts {
  /** Put together with {@link minimalManifest}, block by block; a block that is `null` is left out. */
  manifest?: Record<string, Json>;
  /** Keys that the block `widget` of the manifest lacks. */
  without?: readonly (keyof typeof minimalManifest.widget)[];
  /** By path; they come last and replace whatever the builder made. */
  files?: Record<string, Content>;
}

/** The smallest manifest that the validator has nothing to say about. */
export const minimalManifest = {
  widget: {
    name: 'widget.name',
    description: 'widget.description',
    short_description: 'widget.short_description',
    version: '1.0.0',
    interface_version: 2,
    init_once: false,
    locale: ['en', 'es'],
    installation: true,
    support: { link: 'https://www.kommo.com/support/' },
  },
  locations: ['settings', 'lcard-1'],
  settings: { login: { name: 'settings.login', type: 'text', required: true } },
  tour: {
    is_tour: true,
    tour_images: { en: ['/images/tour/en.png'], es: ['/images/tour/es.png'] },
    tour_description: 'widget.tour_description',
  },
} satisfies Json;

/** What the platform wants back from the callbacks that need more than `true`. */
const answers: Readonly<Record<string, string>> = {
  salesbotDesignerSettings: '{ exits: [] }',
  onSalesbotDesignerSave: 'JSON.stringify([{ question: [] }])',
  loadPreloadedData: 'Promise.resolve([])',
  loadElements: 'Promise.resolve([])',
  linkCard: 'Promise.resolve()',
  searchDataInCard: 'Promise.resolve([])',
};

/** The smallest `script.js` that has what these locations call. */
function scriptFor(locations: readonly string[]): string {
  const ofLocations = locations.flatMap((location) => {
    const code = parseLocation(location)?.code;
    return code === undefined ? [] : [locationCallbacks[code].needed, locationCallbacks[code].usual].flat();
  });
  const names = new Set(['render', 'init', 'bind_actions', 'onSave', ...ofLocations]);
  names.delete('settings');
  const lines = [...names].map((name) => {
    const [group = '', callback] = name.split('.');
    const made = `function () { return ${answers[name] ?? 'true'}; }`;
    return callback === undefined ? `${group}: ${made},` : `${group}: { ${callback}: ${made} },`;
  });
  return `define(['jquery'], function ($) {
  return function () {
    this.callbacks = {
      ${lines.join('\n      ')}
    };
    return this;
  };
});
`;
}

export const plainScript = scriptFor(minimalManifest.locations);

/** A whole widget in memory, valid unless the parts make it otherwise. Its words and its script follow from the manifest. */
export function widgetFiles({ manifest = {}, without = [], files = {} }: WidgetParts = {}): WidgetFiles {
  const whole = mergeManifest(manifest, without);
  const languages = textsIn((whole['widget'] as Record<string, Json> | undefined)?.['locale']);
  const locations = textsIn(whole['locations']);
  const contents: Record<string, Content> = { 'manifest.json': whole, 'script.js': scriptFor(locations) };
  for (const language of languages) contents[`i18n/${language}.json`] = wordsFor(whole, language);
  for (const { name, width, height, location } of logos) {
    if (location !== null && !locations.includes(location)) continue;
    contents[`images/${name}.png`] = png({ width, height });
  }
  const tour = (whole['tour'] as Record<string, Json> | undefined)?.['tour_images'] ?? {};
  for (const picture of Object.values(tour as Record<string, Json>).flatMap(textsIn)) {
    contents[picture.replace(/^\//, '')] = png(tourSize);
  }
  return sortFiles(
    Object.entries({ ...contents, ...files }).flatMap(([name, content]): [string, Buffer][] =>
      content === null ? [] : [[name, toBytes(content)]],
    ),
  );
}

function mergeManifest(blocks: Record<string, Json>, without: readonly string[]): Record<string, Json> {
  const merged: Record<string, Json> = { ...minimalManifest, ...blocks };
  const usual = Object.fromEntries(
    Object.entries(minimalManifest.widget).filter(([key]) => !without.includes(key)),
  );
  const own = blocks['widget'] ?? {};
  if (isGroup(own)) merged['widget'] = { ...usual, ...own };
  return Object.fromEntries(Object.entries(merged).filter(([, block]) => block !== null));
}

/** One sentence in each language, so that no language has the texts of another. */
const sentences: Readonly<Record<string, (path: string) => string>> = {
  en: (path) => `The text of ${path}`,
  es: (path) => `El texto de ${path}`,
  pt: (path) => `O texto de ${path}`,
  tr: (path) => `Buradaki metin ${path}`,
  id: (path) => `Teks untuk ${path}`,
  ru: (path) => `Текст для ${path}`,
};

/** A text for each path that the manifest names; what is no path, such as a version, has no place among the words. */
function wordsFor(manifest: Json, language: string): Json {
  const sentence = sentences[language] ?? ((path: string) => `${language}: ${path}`);
  const words: Record<string, Json> = {};
  const visit = (value: Json, key: string): void => {
    if (
      typeof value === 'string' &&
      /^(?:\w*name|\w*title|\w*description|error_text|default_value)$/.test(key)
    ) {
      if (/^(?!www\.)[a-z_]\w*(?:\.[a-z_]\w*)+$/.test(value)) put(words, value.split('.'), sentence(value));
    } else if (typeof value === 'object' && value !== null) {
      for (const [inner, item] of Object.entries(value)) visit(item, inner);
    }
  };
  visit(manifest, '');
  if (textsIn((manifest as Record<string, Json>)['locations']).includes('ai_agent')) {
    put(words, ['widget', 'ai_agent_description'], sentence('widget.ai_agent_description'));
  }
  return words;
}

function put(words: Record<string, Json>, [first = '', ...rest]: string[], text: string): void {
  if (rest.length === 0) {
    words[first] = text;
    return;
  }
  const group = words[first];
  const inner = isGroup(group) ? group : {};
  words[first] = inner;
  put(inner, rest, text);
}

function isGroup(value: Json | undefined): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textsIn(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function toBytes(content: Exclude<Content, null>): Buffer {
  if (Buffer.isBuffer(content)) return content;
  return Buffer.from(typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`, 'utf8');
}
