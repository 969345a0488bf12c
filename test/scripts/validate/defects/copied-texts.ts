import type { Json } from '../../../support/widget-folder.js';
import type { Defect } from './defect.js';

const words = {
  widget: {
    name: 'Paquetes',
    description: 'Dice dónde están los paquetes',
    short_description: 'Paquetes',
    tour_description: 'Siga los paquetes',
  },
  settings: { login: 'Acceso' },
} satisfies Json;

function spanish(changes: Record<string, Json>): Record<string, Json> {
  return { 'i18n/es.json': { ...words, ...changes } };
}

const facts = { code: 'i18n/copied-text', severity: 'warning', file: 'i18n/es.json' } as const;

export const copiedTextDefects: readonly Defect[] = [
  {
    ...facts,
    name: 'a text that was copied beside one that was not',
    parts: { files: spanish({ widget: { ...words.widget, name: '[translate from en] Parcels' } }) },
    line: '"name"',
    says: ['"widget.name" was copied from "en"', 'a translated text'],
  },
  {
    ...facts,
    name: 'a group of which all was copied',
    parts: { files: spanish({ settings: { login: '[translate from en] Login' } }) },
    line: '"settings"',
    says: ['"settings" was copied from "en"', '1 copied text'],
  },
];
