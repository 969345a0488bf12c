import type { Json } from '../../../support/widget-folder.js';

/** The texts that the minimal manifest refers to. */
export const english = {
  widget: {
    name: 'Parcels',
    description: 'Tells where parcels are',
    short_description: 'Parcels',
    tour_description: 'Follow parcels',
  },
  settings: { login: 'Login' },
} satisfies Json;
