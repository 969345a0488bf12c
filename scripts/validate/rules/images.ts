import { logos } from '../../../src/kommo/pictures.js';
import { formatOfName, type Picture } from '../picture/index.js';
import type { Problem, Rule } from '../rule.js';
import {
  eachPicture,
  isLogo,
  type Judgement,
  logoFile,
  neededLogos,
  shownPictures,
  sizeProblem,
} from '../shown-pictures.js';

/** 300 KB; whether the platform means 1024 or 1000 bytes by one is not known. */
const maxBytes = { certain: 300 * 1024, possible: 300 * 1000 };

/** The pictures of a widget: `platform/widget.md §2.2`. */
export const imageRules: readonly Rule[] = [
  {
    code: 'images/missing',
    severity: 'error',
    title: 'The logos that the widget needs are in images/.',
    help: 'The platform shows the logos in the list of integrations, in the settings window, on cards and in triggers. All of them are mandatory, and logo_dp.png is with the location digital_pipeline. Put the file into images/ under exactly this name.',
    source: 'platform/widget.md §2.1, §2.2, §1.9 M7',
    check: (view) =>
      neededLogos(view)
        .filter(({ name }) => logoFile(view, name) === null)
        .map(({ name, width, height, location }) => {
          const file = `images/${name}.png`;
          const similar = view.inOtherCase(file);
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
    title: 'Logos are what their names say: a PNG, JPEG or GIF.',
    help: 'The uploader measures the logos, and it looks at what is in the file, not at its name. Export the picture in the format that its name promises.',
    source: 'platform/widget.md §2.2',
    check: eachPicture((picture, file) => (isLogo(file) ? notAPicture(picture) : null)),
  },
  {
    code: 'images/other-not-a-picture',
    severity: 'warning',
    title: 'What is named like a PNG, JPEG or GIF is one of them.',
    help: 'Nobody measures the pictures that only your widget shows, and browsers go by what is in the file: a WebP with the name of a PNG is shown, a text file is not. Export the picture in the format that its name promises.',
    source: 'platform/widget.md §2.2, which speaks of logos and the tour',
    check: eachPicture((picture, file) => (isLogo(file) ? null : notAPicture(picture))),
  },
  {
    code: 'images/damaged',
    severity: 'error',
    title: 'Every logo can be shown in full.',
    help: 'Browsers show such a picture in part or not at all, and the uploader may refuse it. Export it again, and see that no step of the build treats pictures as text.',
    source: 'platform/widget.md §2.2',
    check: eachPicture((picture, file) => (isLogo(file) ? damaged(picture) : null)),
  },
  {
    code: 'images/other-damaged',
    severity: 'warning',
    title: 'Every picture can be shown in full.',
    help: 'Browsers show such a picture in part or not at all. Export it again, and see that no step of the build treats pictures as text.',
    source: 'platform/widget.md §2.2, which speaks of logos and the tour',
    check: eachPicture((picture, file) => (isLogo(file) ? null : damaged(picture))),
  },
  {
    code: 'images/wrong-extension',
    severity: 'warning',
    title: 'The name of a picture says what it is.',
    help: 'The platform sends the file with the type that its name promises. Rename the file, or export it in that format.',
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
    severity: { kommo: 'warning', amocrm: 'off' },
    title: 'Logos are PNG.',
    help: 'Kommo documents PNG alone for logos, amoCRM also JPEG and GIF. Export the logo as a PNG.',
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
    help: 'The uploader refuses a logo that does not have its exact size, and names one file per attempt. Export it in that size; a picture that is only stretched looks blurred.',
    source: 'platform/widget.md §2.2: the uploader refuses other sizes',
    check: (view) => logos.flatMap((logo) => sizeProblem(view, logoFile(view, logo.name), logo, 'The logo')),
  },
  {
    code: 'images/too-heavy',
    severity: 'error',
    title: 'Logos and tour pictures have at most 300 KB.',
    help: 'The platform takes at most 300 KB per picture. Save it with fewer colours or another compression.',
    source: 'platform/widget.md §2.2',
    check: (view) => shownPictures(view, ({ bytes }) => (bytes > maxBytes.certain ? weight(bytes) : null)),
  },
  {
    code: 'images/almost-too-heavy',
    severity: 'warning',
    title: 'Logos and tour pictures have at most 300 000 bytes.',
    help: 'Whether the platform counts 1000 or 1024 bytes as a KB is not known. Below 300 000 bytes you are safe either way.',
    source: 'platform/widget.md §2.2: whether a KB has 1000 or 1024 bytes there is not known',
    check: (view) =>
      shownPictures(view, ({ bytes }) =>
        bytes > maxBytes.possible && bytes <= maxBytes.certain ? weight(bytes) : null,
      ),
  },
  {
    code: 'images/animated',
    severity: { private: 'warning', public: 'error' },
    title: 'Logos and tour pictures do not move.',
    help: 'Moderation wants pictures that stand still. Export a single frame.',
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

function notAPicture({ format, looksLike }: Picture): Judgement | null {
  if (format !== null) return null;
  return {
    message: `The file is named like a picture but is ${looksLike}.`,
    expected: 'a PNG, JPEG or GIF',
    found: looksLike,
  };
}

function damaged({ damage }: Picture): Judgement | null {
  if (damage === null) return null;
  return {
    message: `The picture is damaged: ${damage}. Export it again.`,
    expected: 'a whole picture',
    found: damage,
  };
}

function weight(bytes: number): Judgement {
  return {
    message: 'The picture has more than 300 KB. Save it with fewer colours or another compression.',
    expected: 'at most 300 KB',
    found: `${bytes} bytes`,
  };
}
