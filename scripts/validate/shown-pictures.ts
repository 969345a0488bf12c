import type { JSONPath } from 'jsonc-parser';
import { type Logo, logos } from '../../src/kommo/pictures.js';
import type { JsonDocument, Spot } from './json-document.js';
import { listsLocation, matchPaths } from './manifest-facts.js';
import type { Picture } from './picture/index.js';
import type { Problem, Rule } from './rule.js';
import type { WidgetView } from './view.js';

export type Judgement = Pick<Problem, 'message' | 'expected' | 'found'>;

export function eachPicture(judge: (picture: Picture, file: string) => Judgement | null): Rule['check'] {
  return (view) =>
    [...view.pictures()].flatMap(([file, picture]): Problem[] => {
      const judgement = judge(picture, file);
      return judgement === null ? [] : [{ ...judgement, file }];
    });
}

/** Logos and tour pictures; a widget's other pictures are its own affair. */
export function shownPictures(view: WidgetView, judge: (picture: Picture) => Judgement | null): Problem[] {
  const shown = new Set([...logos.map(({ name }) => logoFile(view, name)), ...tourFiles(view)]);
  return eachPicture((picture, file) => (shown.has(file) ? judge(picture) : null))(view);
}

export function neededLogos(view: WidgetView): Logo[] {
  const manifest = view.manifest();
  if (manifest === null) return [];
  return logos.filter(({ location }) => location === null || listsLocation(manifest, location));
}

export function logoFile(view: WidgetView, name: string): string | null {
  return logoFiles(name).find((file) => view.names.has(file)) ?? null;
}

function logoFiles(name: string): string[] {
  return ['png', 'jpg', 'jpeg', 'gif'].map((extension) => `images/${name}.${extension}`);
}

/** Whether a file is a logo of the platform's, with the location that needs it or without. */
export function isLogo(file: string): boolean {
  return logos.some(({ name }) => logoFiles(name).includes(file));
}

export function tourPictures(
  manifest: JsonDocument | null,
): { text: string; file: string; path: JSONPath; spot: Spot }[] {
  if (manifest === null) return [];
  return matchPaths(manifest, 'tour.tour_images.*.*').flatMap((path) => {
    const text = manifest.get(path);
    if (typeof text !== 'string' || text === '') return [];
    return [{ text, file: text.replace(/^\.?\/+/, ''), path, spot: manifest.spot(path) }];
  });
}

export function tourFiles(view: WidgetView): string[] {
  return [...new Set(tourPictures(view.manifest()).map(({ file }) => file))];
}

export function sizeProblem(
  view: WidgetView,
  file: string | null,
  wanted: { width: number; height: number },
  what: string,
): Problem[] {
  const picture = file === null ? undefined : view.pictures().get(file);
  const size = picture?.damage === null ? picture.size : null;
  if (size === null || (size.width === wanted.width && size.height === wanted.height)) return [];
  return [
    {
      message: `${what} does not have its exact size.`,
      file,
      expected: `${wanted.width}×${wanted.height} pixels`,
      found: `${size.width}×${size.height} pixels`,
    },
  ];
}
