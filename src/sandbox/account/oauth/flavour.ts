import type { Flavour } from '../state.js';

/** In what the two platforms differ towards an integration: `platform/server.md §1.1`, `§1.4`, `§1.6`, `§1.7`. */
export const flavourFacts = {
  kommo: {
    base_domain: 'kommo.com',
    top_level_domain: 'com',
    platform: '2',
    refreshGrace: true,
    badRequest: 'Bad Request',
  },
  amocrm: {
    base_domain: 'amocrm.ru',
    top_level_domain: 'ru',
    platform: '1',
    refreshGrace: false,
    badRequest: 'Некорректный запрос',
  },
} as const satisfies Record<
  Flavour,
  {
    base_domain: string;
    top_level_domain: string;
    /** The redirect's `platform`: 1 is amocrm.ru, 2 is amocrm.com and kommo.com. */
    platform: '1' | '2';
    /** A refresh token works on until the one that it was changed for has been used. */
    refreshGrace: boolean;
    /** Title of the error bodies. Only amoCRM's was seen; Kommo's is assumed to be the English one. */
    badRequest: string;
  }
>;
