import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { logos, tourSize } from '../../src/kommo/pictures.js';

/** One picture of the archive and where it comes from. */
export interface Picture {
  /** The PNG, relative to the repository and with `/`, e.g. `widget/images/tour/en/1.png`. */
  file: string;
  /** The SVG (for a tour picture a template), relative to the repository. */
  source: string;
  /** Pixels. */
  width: number;
  height: number;
  /** Whose words the template takes; a logo has none. */
  language?: string;
}

const tourPictures = ['1', '2', '3'];

/** Every picture of the widget: six logos, and the tour in each language that `i18n/` holds. */
export async function findPictures(root: string): Promise<Picture[]> {
  const ofLogos = logos.map(({ name, width, height }) => ({
    file: `widget/images/${name}.png`,
    source: `art/logos/${name}.svg`,
    width,
    height,
  }));
  const languages = (await readdir(path.join(root, 'i18n')))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort();
  const tour = languages.flatMap((language) =>
    tourPictures.map((name) => ({
      file: `widget/images/tour/${language}/${name}.png`,
      source: `art/tour/${name}.svg`,
      ...tourSize,
      language,
    })),
  );
  return [...ofLogos, ...tour];
}
