import { describe, expect, it } from 'vitest';
import { type SituationOptions, validateFiles } from '../../../scripts/validate/index.js';
import { type WidgetParts, widgetFiles } from '../../support/widget-folder.js';

/** As strict as the marketplace is. */
function found(parts: WidgetParts, situation: SituationOptions = {}): string[] {
  const { findings } = validateFiles(widgetFiles(parts), { audience: 'public', ...situation });
  return findings.map(({ code, file, line }) => `${code} in ${file}:${line}`);
}

describe('validateFiles has nothing against a stylesheet with', () => {
  it.each([
    ['a root of the widget', '.own-a p { color: red }\n#own p { color: red }\n'],
    ['elements of the platform below it', '#own_widget .modal-body { color: red }\n'],
    ['classes with a capital inside', '.ownPanel { color: red }\n.ownPanel .title { color: red }\n'],
    ['hacks for old browsers', '.own-a { *zoom: 1; _height: 1px; filter: progid:X.Y(a="#1", b="#2") }\n'],
    ['a character set', '@charset "UTF-8";\n.own-a { color: red }\n'],
    ['a picture within it', '.own-a { background: url(data:image/png;base64,AAAA) }\n'],
    ['a semicolon after a rule', '.own-a{color:red};\n.own-b{color:red}\n'],
    ['the dark theme', ':root[data-color-scheme="dark"] .own-a { color: var(--palette-a) }\n'],
    ['comments that explain', '/* ===== Buttons: blue ===== */\n.own-a { color: blue }\n'],
    ['keyframes', '@-webkit-keyframes own { from { top: 0 } }\n.own-a { animation: own 1s }\n'],
    ['the documented panel', '.card-widgets__widget-own .card-widgets__widget__body { padding: 0 }\n'],
    ['rules in rules', '.own-a { .title { color: red } &:hover { color: blue } }\n'],
  ])('%s', (_what, css) => {
    expect(found({ files: { 'style.css': css } })).toEqual([]);
  });
});

describe('validateFiles has nothing against a text with', () => {
  const words = (description: string): WidgetParts => ({
    files: {
      'i18n/en.json': {
        widget: {
          name: 'Parcels',
          description,
          short_description: 'Where a parcel is',
          tour_description: 'Shows the way of a parcel',
        },
        settings: { login: 'Login' },
      },
    },
  });

  it.each([
    ['a link around other elements', 'See <a href="https://x.io"><b>https://x.io</b> <i>now</i></a>.'],
    ['two links', '<a href="https://x.io">https://x.io</a>, <a href=\'https://y.io\'>https://y.io</a>'],
    ['signs that are no elements', 'a < b and c > d'],
    ['elements that need no end', 'a<br>b<br/>c<img src="images/logo.png"><p>One<p>Two'],
    ['a word that ends like a domain', 'See the file.rule of it'],
  ])('%s', (_what, description) => {
    expect(found(words(description))).toEqual([]);
  });

  it('a feature of amoCRM in its name, which amoCRM permits and Kommo does not', () => {
    const named = (name: string, target: 'kommo' | 'amocrm'): boolean => {
      const files = { 'i18n/en.json': { widget: { name } } };
      return found({ files }, { target }).some((one) => one.startsWith('i18n/platform-name'));
    };

    expect(named('Parcels by Salesbot', 'amocrm')).toBe(false);
    expect(named('Parcels by Salesbot', 'kommo')).toBe(true);
    expect(named('amoCRM parcels', 'amocrm')).toBe(true);
    expect(named('KommoParcels', 'kommo')).toBe(true);
  });
});
