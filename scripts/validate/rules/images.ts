import type { JSONPath } from 'jsonc-parser';
import { isObject, type JsonDocument, property, type Spot } from '../json-document.js';
import { listsLocation, localeEntries, matchPaths } from '../manifest-facts.js';
import { formatPath } from '../manifest-schema.js';
import { formatOfName, type Picture } from '../picture/index.js';
import type { Problem, Rule } from '../rule.js';
import type { WidgetView } from '../view.js';
import { list, quote } from '../words.js';
import { onManifest } from './manifest.js';

interface Logo {
  name: string;
  width: number;
  height: number;
  /** The location that needs it; `null` where every widget does. */
  location: string | null;
}

/** `platform/widget.md §2.2`. */
const logos: readonly Logo[] = [
  { name: 'logo', width: 130, height: 100, location: null },
  { name: 'logo_main', width: 400, height: 272, location: null },
  { name: 'logo_small', width: 108, height: 108, location: null },
  { name: 'logo_medium', width: 240, height: 84, location: null },
  { name: 'logo_min', width: 84, height: 84, location: null },
  { name: 'logo_dp', width: 174, height: 109, location: 'digital_pipeline' },
];

const tourSize = { width: 1188, height: 616 };

/** 300 KB; whether the platform means 1024 or 1000 bytes by one is not known. */
const maxBytes = { certain: 300 * 1024, possible: 300 * 1000 };

/** The pictures of a widget: `platform/widget.md §2.2`. */
export const imageRules: readonly Rule[] = [
  {
    code: 'images/missing',
    severity: 'error',
    title: 'The logos that the widget needs are in images/.',
    source: 'platform/widget.md §2.1, §2.2, §1.9 M7',
    check: (view) =>
      neededLogos(view)
        .filter(({ name }) => logoFile(view, name) === null)
        .map(({ name, width, height, location }) => {
          const file = `images/${name}.png`;
          const similar = [...view.names].find((other) => other.toLowerCase() === file) ?? null;
          const hint = similar === null ? '' : ` Is it ${similar}? Rename it.`;
          const reason = location === null ? '' : ` The location "${location}" needs it.`;
          return {
            message: `${file} is missing.${reason}${hint}`,
            file,
            expected: `a PNG of ${width}×${height} pixels`,
            found: similar ?? 'no such file',
          };
        }),
  },
  {
    code: 'images/not-a-picture',
    severity: 'error',
    title: 'What is named like a PNG, JPEG or GIF is one of them.',
    source: 'platform/widget.md §2.2',
    check: eachPicture((picture) =>
      picture.format === null
        ? {
            message: `The file is named like a picture but is ${picture.looksLike}.`,
            expected: 'a PNG, JPEG or GIF',
            found: picture.looksLike,
          }
        : null,
    ),
  },
  {
    code: 'images/damaged',
    severity: 'error',
    title: 'Every picture can be shown in full.',
    source: 'platform/widget.md §2.2',
    check: eachPicture(({ damage }) =>
      damage === null
        ? null
        : {
            message: `The picture is damaged: ${damage}. Export it again.`,
            expected: 'a whole picture',
            found: damage,
          },
    ),
  },
  {
    code: 'images/wrong-extension',
    severity: 'warning',
    title: 'The name of a picture says what it is.',
    source: 'platform/widget.md §2.2',
    check: eachPicture(({ format }, file) => {
      const promised = formatOfName(file);
      if (format === null || promised === null || format === promised) return null;
      const names = { png: 'PNG', jpeg: 'JPEG', gif: 'GIF' };
      return {
        message: `The file is named like a ${names[promised]} but is a ${names[format]}.`,
        expected: names[promised],
        found: names[format],
      };
    }),
  },
  {
    code: 'images/not-png',
    severity: 'warning',
    title: 'Logos are PNG.',
    source: 'platform/widget.md §2.2: amoCRM also takes JPEG and GIF',
    check: (view) =>
      neededLogos(view).flatMap(({ name }): Problem[] => {
        const file = logoFile(view, name);
        if (file === null || file.endsWith('.png')) return [];
        const message = 'Kommo documents only PNG for logos; amoCRM also takes JPEG and GIF.';
        return [{ message, file, expected: `images/${name}.png`, found: file }];
      }),
  },
  {
    code: 'images/wrong-size',
    severity: 'error',
    title: 'Logos have their exact size.',
    source: 'platform/widget.md §2.2: the uploader refuses other sizes',
    check: (view) => logos.flatMap((logo) => sizeProblem(view, logoFile(view, logo.name), logo, 'The logo')),
  },
  {
    code: 'images/tour-missing',
    severity: 'error',
    title: 'Every picture of the tour is in the archive.',
    source: 'platform/widget.md §1.9 M20',
    check: (view) =>
      tourPictures(view.manifest())
        .filter(({ file }) => !view.names.has(file))
        .map(({ file, text, spot }) => {
          const similar = [...view.names].find((name) => name.toLowerCase() === file.toLowerCase()) ?? null;
          const hint = similar === null ? '' : ` Is it ${similar}?`;
          return {
            message: `The archive has no ${file}.${hint}`,
            ...spot,
            expected: file,
            found: similar ?? quote(text),
          };
        }),
  },
  {
    code: 'images/tour-path',
    severity: 'warning',
    title: 'The paths of the tour begin with /images/.',
    source: 'platform/widget.md §1.2',
    check: (view) =>
      tourPictures(view.manifest())
        .filter(({ text }) => !text.startsWith('/images/'))
        .map(({ text, spot }) => ({
          message: 'The documented paths of tour pictures begin with "/images/".',
          ...spot,
          expected: '"/images/…"',
          found: quote(text),
        })),
  },
  {
    // An official sample points its tour to a logo of another size, so the uploader didn't insist on it.
    code: 'images/tour-size',
    severity: 'warning',
    title: 'The pictures of the tour have 1188×616 pixels.',
    source: 'platform/widget.md §1.9 M20, §2.2',
    check: (view) =>
      tourFiles(view).flatMap((file) => sizeProblem(view, file, tourSize, 'The picture of the tour')),
  },
  {
    code: 'images/tour-count',
    severity: 'warning',
    title: 'The tour has one to five pictures per language.',
    source: 'platform/widget.md §2.2',
    check: onManifest((manifest) =>
      matchPaths(manifest, 'tour.tour_images.*').flatMap((path): Problem[] => {
        const pictures = manifest.get(path);
        if (!Array.isArray(pictures) || (pictures.length >= 1 && pictures.length <= 5)) return [];
        const message = `${formatPath(path)} has ${pictures.length} pictures.`;
        return [{ message, ...manifest.keySpot(path), expected: '1 to 5', found: String(pictures.length) }];
      }),
    ),
  },
  {
    code: 'images/tour-language',
    severity: 'warning',
    title: 'The tour has only languages of the manifest.',
    source: 'platform/widget.md §1.9 M20',
    check: onManifest((manifest) => {
      const codes = localeEntries(manifest).map(({ text }) => text);
      return matchPaths(manifest, 'tour.tour_images.*').flatMap((path): Problem[] => {
        const code = String(path.at(-1));
        if (codes.length === 0 || codes.includes(code)) return [];
        const message = `The tour has pictures for ${quote(code)}, which is not in widget.locale.`;
        return [
          { message, ...manifest.keySpot(path), expected: list(codes, { last: 'or' }), found: quote(code) },
        ];
      });
    }),
  },
  {
    // What is shown to the users of a language without pictures is not known.
    code: 'images/tour-incomplete',
    severity: 'warning',
    title: 'The tour has pictures for every language of the manifest.',
    source: 'platform/widget.md §1.2, §1.9 M20',
    check: onManifest((manifest) => {
      if (manifest.get(['tour', 'is_tour']) !== true) return [];
      const pictures = manifest.get(['tour', 'tour_images']);
      if (pictures !== undefined && !isObject(pictures)) return [];
      const codes = localeEntries(manifest).map(({ text }) => text);
      const lacking = codes
        .filter((code) => property(pictures, code) === undefined)
        .map((code) => quote(code));
      if (pictures !== undefined && lacking.length === 0) return [];
      const what = pictures === undefined ? 'no pictures' : `no pictures for ${list(lacking)}`;
      return [
        {
          message: `The tour has ${what}.`,
          ...manifest.keySpot(['tour', 'tour_images']),
          expected: codes.length === 0 ? 'pictures' : `pictures for ${list(codes)}`,
          found: what,
        },
      ];
    }),
  },
  {
    code: 'images/too-heavy',
    severity: 'error',
    title: 'Logos and tour pictures have at most 300 KB.',
    source: 'platform/widget.md §2.2',
    check: (view) => shownPictures(view, ({ bytes }) => (bytes > maxBytes.certain ? weight(bytes) : null)),
  },
  {
    code: 'images/almost-too-heavy',
    severity: 'warning',
    title: 'Logos and tour pictures have at most 300 000 bytes.',
    source: 'platform/widget.md §2.2: whether a KB has 1000 or 1024 bytes there is not known',
    check: (view) =>
      shownPictures(view, ({ bytes }) =>
        bytes > maxBytes.possible && bytes <= maxBytes.certain ? weight(bytes) : null,
      ),
  },
  {
    code: 'images/animated',
    severity: 'warning',
    title: 'Logos and tour pictures do not move.',
    source: 'platform/widget.md §2.2, §8 rule 42',
    check: (view) =>
      shownPictures(view, ({ animated }) =>
        animated
          ? {
              message: 'The picture is animated; moderation wants it still.',
              expected: 'a picture that does not move',
              found: 'several frames',
            }
          : null,
      ),
  },
];

type Judgement = Pick<Problem, 'message' | 'expected' | 'found'>;

function eachPicture(judge: (picture: Picture, file: string) => Judgement | null): Rule['check'] {
  return (view) =>
    [...view.pictures()].flatMap(([file, picture]): Problem[] => {
      const judgement = judge(picture, file);
      return judgement === null ? [] : [{ ...judgement, file }];
    });
}

/** Logos and tour pictures; a widget's other pictures are its own affair. */
function shownPictures(view: WidgetView, judge: (picture: Picture) => Judgement | null): Problem[] {
  const shown = new Set([...logos.map(({ name }) => logoFile(view, name)), ...tourFiles(view)]);
  return eachPicture((picture, file) => (shown.has(file) ? judge(picture) : null))(view);
}

function neededLogos(view: WidgetView): Logo[] {
  const manifest = view.manifest();
  if (manifest === null) return [];
  return logos.filter(({ location }) => location === null || listsLocation(manifest, location));
}

function logoFile(view: WidgetView, name: string): string | null {
  const candidates = ['png', 'jpg', 'jpeg', 'gif'].map((extension) => `images/${name}.${extension}`);
  return candidates.find((file) => view.names.has(file)) ?? null;
}

function tourPictures(
  manifest: JsonDocument | null,
): { text: string; file: string; path: JSONPath; spot: Spot }[] {
  if (manifest === null) return [];
  return matchPaths(manifest, 'tour.tour_images.*.*').flatMap((path) => {
    const text = manifest.get(path);
    if (typeof text !== 'string' || text === '') return [];
    return [{ text, file: text.replace(/^\.?\/+/, ''), path, spot: manifest.spot(path) }];
  });
}

function tourFiles(view: WidgetView): string[] {
  return [...new Set(tourPictures(view.manifest()).map(({ file }) => file))];
}

function sizeProblem(
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

function weight(bytes: number): Judgement {
  return {
    message: 'The picture has more than 300 KB. Save it with fewer colours or another compression.',
    expected: 'at most 300 KB',
    found: `${bytes} bytes`,
  };
}
