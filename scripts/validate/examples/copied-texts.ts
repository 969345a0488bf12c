import { markCopied } from '../copied-texts.js';
import type { Example } from './example.js';

/** The texts that the minimal manifest names, in Spanish but for the name. */
const words = (name: string) => ({
  widget: {
    name,
    description: 'Dice dónde está un paquete',
    short_description: 'Dónde está un paquete',
    tour_description: 'Muestra el camino de un paquete',
  },
  settings: { login: 'Usuario' },
});

export const copiedTextExamples: Readonly<Record<string, Example>> = {
  'i18n/copied-text': {
    wrong: { files: { 'i18n/es.json': words(markCopied('Parcels', 'en')) } },
    right: { files: { 'i18n/es.json': words('Paquetes') } },
  },
};
