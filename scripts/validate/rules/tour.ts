import { tourSize } from '../../../src/kommo/pictures.js';
import { isObject, property } from '../json-document.js';
import { localeEntries, matchPaths } from '../manifest-facts.js';
import { formatPath } from '../manifest-schema.js';
import { formatOfName, isPictureName } from '../picture/index.js';
import type { Problem, Rule } from '../rule.js';
import { sizeProblem, tourFiles, tourPictures } from '../shown-pictures.js';
import { list, quote } from '../words.js';
import { onManifest } from './manifest.js';

/** The pictures that are shown before the widget is installed: `platform/widget.md §1.9 M20, §2.2`. */
export const tourRules: readonly Rule[] = [
  {
    code: 'images/tour-missing',
    severity: { private: 'warning', public: 'error' },
    title: 'Every picture of the tour is in the archive.',
    help: 'The window of the integration shows an empty place where the picture should be. Put the file into the archive or correct the path; upper and lower case count.',
    source: 'platform/widget.md §1.9 M20',
    check: (view) =>
      tourPictures(view.manifest())
        .filter(({ file }) => !view.names.has(file))
        .map(({ file, text, spot }) => {
          const similar = view.inOtherCase(file);
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
    help: 'All documented paths begin with /images/, and what the platform makes of another one is not known. Put the pictures below images/ and write their paths so.',
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
    severity: { private: 'warning', public: 'error' },
    title: 'The pictures of the tour have 1188×616 pixels.',
    help: 'The tour is laid out for pictures of exactly this size, and moderation insists on it. Export them in that size.',
    source: 'platform/widget.md §1.9 M20, §2.2',
    check: (view) =>
      tourFiles(view).flatMap((file) => sizeProblem(view, file, tourSize, 'The picture of the tour')),
  },
  {
    code: 'images/tour-count',
    severity: { private: 'warning', public: 'error' },
    title: 'The tour has one to five pictures per language.',
    help: 'The documentation has one to five pictures per language. Name at least one and at most five.',
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
    help: 'Nobody can choose a language that is not in widget.locale, so nobody sees these pictures. List the language, or take them out.',
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
    help: 'What users of a language without pictures see is not known: give every language its own, with words in that language.',
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
    code: 'images/tour-kind',
    severity: { private: 'warning', public: 'error' },
    title: 'The pictures of the tour are PNG, JPEG or GIF.',
    help: 'Both platforms document these formats alone. Export the picture as a PNG.',
    source: 'platform/widget.md §2.2',
    check: (view) =>
      tourPictures(view.manifest())
        .filter(({ file }) => view.names.has(file) && !isPictureName(file))
        .map(({ file, spot }) => ({
          message: `The picture ${quote(file)} of the tour is no PNG, JPEG or GIF by its name.`,
          ...spot,
          expected: 'a PNG',
          found: quote(file),
        })),
  },
  {
    // An official sample has JPEG files here, so Kommo evidently takes them.
    code: 'images/tour-not-png',
    severity: { kommo: { private: 'off', public: 'notice' }, amocrm: 'off' },
    title: 'The pictures of the tour are PNG.',
    help: 'Kommo documents PNG alone, although a sample of its own has JPEG. Export the picture as a PNG, which is right in any case.',
    source: 'platform/widget.md §2.2',
    check: (view) =>
      tourFiles(view)
        .filter((file) => view.names.has(file) && isPictureName(file) && formatOfName(file) !== 'png')
        .map((file) => ({
          message: 'Kommo documents only PNG for the pictures of the tour.',
          file,
          expected: 'a PNG',
          found: file,
        })),
  },
  {
    code: 'images/tour-repeated',
    severity: 'notice',
    title: 'The tour shows every picture once per language.',
    help: 'Whoever goes through the tour sees the same picture again. It is mostly a slip: name the picture that was meant, or take one of the two out.',
    source: 'inferred from platform/widget.md §2.2',
    check: (view) => {
      const seen = new Set<string>();
      return tourPictures(view.manifest()).flatMap(({ file, path, spot }): Problem[] => {
        const id = `${String(path.at(-2))} ${file}`;
        if (!seen.has(id)) {
          seen.add(id);
          return [];
        }
        const message = `The tour shows ${quote(file)} twice in one language.`;
        return [{ message, ...spot, expected: 'another picture', found: quote(file) }];
      });
    },
  },
];
