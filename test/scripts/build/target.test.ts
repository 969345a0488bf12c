import { describe, expect, it } from 'vitest';
import { manifestFor, type Platform } from '../../../scripts/build/target.js';

const names = [
  ...['en', 'tr', 'ru'].map((language) => `i18n/${language}.json`),
  ...[10, 2, 1].map((number) => `images/tour/ru/${number}.png`),
];

function change(platform: Platform, manifest: unknown, files: string[] = names): unknown {
  const bytes = Buffer.from(JSON.stringify(manifest, null, 2));
  return JSON.parse(manifestFor(platform, bytes, files).toString()) as unknown;
}

describe('manifestFor', () => {
  it('gives amoCRM the Russian that the sources have and leaves Kommo’s languages out', () => {
    expect(
      change('amocrm', {
        widget: { locale: ['en', 'tr', 'id'] },
        tour: { tour_images: { en: ['/images/tour/en/1.png'], tr: ['/images/tour/tr/1.png'] } },
      }),
    ).toEqual({
      widget: { locale: ['en', 'ru'] },
      tour: {
        tour_images: {
          en: ['/images/tour/en/1.png'],
          ru: ['/images/tour/ru/1.png', '/images/tour/ru/2.png', '/images/tour/ru/10.png'],
        },
      },
    });
  });

  it('adds no language without a file, and no pictures where there are none', () => {
    const manifest = { widget: { locale: ['en'] }, tour: { tour_images: { en: [] as string[] } } };
    expect(change('amocrm', manifest, ['i18n/en.json'])).toMatchObject({ widget: { locale: ['en'] } });
    expect(change('amocrm', manifest, ['i18n/en.json', 'i18n/ru.json'])).toEqual({
      widget: { locale: ['en', 'ru'] },
      tour: { tour_images: {} },
    });
  });

  it('gives Kommo its languages back', () => {
    const manifest = { widget: { locale: ['ru', 'en'] }, tour: { tour_images: { ru: ['a'], en: ['b'] } } };
    expect(change('kommo', manifest)).toEqual({
      widget: { locale: ['en', 'tr'] },
      tour: { tour_images: { en: ['b'] } },
    });
  });

  it.each<[Platform, string[], string[]]>([
    ['amocrm', ['settings', 'ai_agent', 'lcard-1', 'nowhere'], ['settings', 'lcard-1', 'nowhere']],
    ['kommo', ['settings', 'ai_agent', 'cucard-1', 'tline', 'amoforms'], ['settings', 'ai_agent']],
  ])('leaves out the locations that %s does not have', (platform, locations, expected) => {
    expect(change(platform, { locations })).toEqual({ locations: expected });
  });

  it('leaves out the blocks of such locations', () => {
    const manifest = {
      locations: ['amoforms'],
      amoforms_settings: { title: 'a.b' },
      dp: { title: 'dp.title' },
    };
    expect(change('kommo', manifest)).toEqual({ locations: [], dp: { title: 'dp.title' } });
    expect(change('amocrm', manifest)).toEqual(manifest);
  });

  it.each([
    '[]',
    '{',
    '',
    'null',
    '{"widget": 1, "locations": {}, "tour": []}',
    '{ "widget" : { "locale" : ["en"] } }',
  ])('passes on what it cannot read or need not change: %s', (text) => {
    const bytes = Buffer.from(text);
    expect(manifestFor('amocrm', bytes, [])).toBe(bytes);
  });
});
