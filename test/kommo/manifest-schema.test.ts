import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { locationSpellings } from '../../src/kommo/locations.js';
import {
  dpFieldTypes,
  type Manifest,
  salesbotFieldTypes,
  settingsFieldTypes,
  systemMenuItems,
} from '../../src/kommo/manifest.js';
import schema from '../../src/kommo/manifest.schema.json' with { type: 'json' };

const root = path.resolve(import.meta.dirname, '../..');
const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);

const smallest = {
  widget: {
    name: 'widget.name',
    description: 'widget.description',
    short_description: 'widget.short_description',
    interface_version: 2,
    locale: ['en'],
    installation: false,
  },
  locations: [],
} satisfies Manifest;

describe('manifest.schema.json', () => {
  it('accepts a manifest with nothing but what every manifest has', () => {
    expect(validate(smallest)).toBe(true);
    expect(validate({ ...smallest, widget: { ...smallest.widget, interface_version: 1 } })).toBe(false);
  });

  it('accepts what the types accept, block by block', () => {
    const whole: Manifest = {
      widget: { ...smallest.widget, version: '1.9', init_once: 'Y', support: { email: 'help@example.com' } },
      locations: ['lcard-1', 'tlist-0', 'personal_page'],
      settings: { login: { name: 'settings.login', type: 'users_lp', required: false } },
      tour: { is_tour: true, tour_images: { en: ['/images/1.png'] }, tour_description: 'widget.tour' },
      dp: { settings: { text: { name: 'dp.text', type: 'text', required: true } }, action_multiple: true },
      advanced: { title: 'advanced.title' },
      salesbot_designer: { logo: '/logo.png', send: { name: 'bot.send', settings: {} } },
      sms: { endpoint: 'https://www.example.com' },
      mobile: { frame_url: 'https://www.example.com', color: '#fff' },
      left_menu: { own: { title: 'menu.own', sort: { after: 'mail' } }, stats: { is_hidden: true } },
      amoforms_settings: { title: 'forms.title' },
    };

    expect(validate(whole), JSON.stringify(validate.errors)).toBe(true);
  });

  it('knows the locations, types and menu items that the tables list', () => {
    const { properties, definitions } = schema;

    expect(properties.locations.items.enum).toEqual(locationSpellings());
    expect(definitions.settingsField.properties.type.enum).toEqual(settingsFieldTypes);
    expect(definitions.salesbotField.properties.type.enum).toEqual(salesbotFieldTypes);
    expect(definitions.dpField.properties.type.examples).toEqual(dpFieldTypes);
    expect(definitions.leftMenuItem.properties.sort.properties.after.enum).toEqual(systemMenuItems);
    expect(Object.keys(properties.left_menu.properties)).toEqual(systemMenuItems);
  });

  it('explains every key to editors', () => {
    expect(undocumented(schema)).toEqual([]);
  });

  it('is the schema that the editor settings map to the manifest', () => {
    const settings = JSON.parse(readFileSync(path.join(root, '.vscode/settings.json'), 'utf8')) as {
      'json.schemas': { fileMatch: string[]; url: string }[];
    };
    const [mapping] = settings['json.schemas'];

    expect(mapping?.fileMatch).toContain('/widget/manifest.json');
    expect(existsSync(path.join(root, mapping?.url ?? ''))).toBe(true);
    expect(mapping?.url).toBe('./src/kommo/manifest.schema.json');
  });
});

/** The properties of a schema, at any depth, that have neither words of their own nor a definition with words. */
function undocumented(value: unknown, place = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Record<string, unknown>;
  const properties = Array.isArray(value) || place.endsWith('/properties') ? {} : (node['properties'] ?? {});
  const bare = Object.entries(properties).flatMap(([key, property]) => {
    const { title, description, $ref } = property as Record<string, unknown>;
    return $ref !== undefined || (title !== undefined && description !== undefined)
      ? []
      : [`${place}/${key}`];
  });
  return [...bare, ...Object.entries(node).flatMap(([key, inner]) => undocumented(inner, `${place}/${key}`))];
}
