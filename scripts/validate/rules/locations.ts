import {
  isLocation,
  type LocationBlock,
  locationCodes,
  locations,
  locationSpellings,
} from '../../../src/kommo/locations.js';
import type { JsonDocument } from '../json-document.js';
import { listsLocation, type LocationEntry, locationEntries } from '../manifest-facts.js';
import { nearest } from '../nearest.js';
import type { Problem, Rule } from '../rule.js';
import type { WidgetView } from '../view.js';
import { list, quote } from '../words.js';

/** Where the widget runs, and the blocks that belong there: `platform/widget.md §1.3`. */
export const locationRules: readonly Rule[] = [
  {
    code: 'manifest/unknown-location',
    severity: 'error',
    title: 'Every location is one that the platform knows.',
    help: 'The platform starts the widget only in the areas that it documents; one that it does not know does nothing or has the upload refused. List only areas that the widget uses.',
    source: 'platform/widget.md §1.3, §1.9 M6',
    check: eachLocation(({ text, parsed }) => {
      if (parsed !== null) return null;
      const meant = nearest(text, locationSpellings());
      const hint = meant === null ? '' : ` Did you mean ${quote(meant)}?`;
      return {
        message: `There is no location ${quote(text)}.${hint}`,
        expected: meant === null ? list(locationCodes, { last: 'or', limit: 30 }) : quote(meant),
        found: quote(text),
      };
    }),
  },
  {
    code: 'manifest/location-suffix',
    severity: 'error',
    title: 'Only cards and lists have a suffix, and it is -0 or -1.',
    help: '-1 means that the widget draws in the right-hand panel of the card or list, -0 that it is started there and draws elsewhere. All other areas are listed without a suffix. Write the location as the finding shows it.',
    source: 'platform/widget.md §1.3, §1.9 M6',
    check: eachLocation(({ text, parsed }) => {
      if (parsed === null || isLocation(text)) return null;
      const expected = locations[parsed.code].suffix ? `${parsed.code}-0 or ${parsed.code}-1` : parsed.code;
      const message = locations[parsed.code].suffix
        ? `The suffix of ${quote(text)} must be -1 (draws in the right-hand panel) or -0 (draws elsewhere).`
        : `The location ${quote(parsed.code)} has no suffix.`;
      return { message, expected, found: quote(text) };
    }),
  },
  {
    code: 'manifest/location-without-suffix',
    severity: 'notice',
    title: 'Cards and lists say by -0 or -1 whether the widget draws in the right-hand panel.',
    help: 'A card or list without a suffix counts as one with -1, so a slot in the right-hand panel is kept for the widget. Say so, or take -0.',
    source: 'platform/widget.md §1.3',
    check: eachLocation(({ text, parsed }) =>
      parsed?.suffix === null && locations[parsed.code].suffix
        ? {
            message: `${quote(text)} counts as ${quote(`${text}-1`)}. Write the suffix, so that it is plain to see.`,
            expected: `${text}-1 or ${text}-0`,
            found: quote(text),
          }
        : null,
    ),
  },
  {
    code: 'manifest/repeated-location',
    severity: 'warning',
    title: 'Every location is listed once, with one suffix.',
    help: 'Which of two entries for one area the platform takes is not known. Keep the one that you mean.',
    source: 'platform/widget.md §1.9 M6',
    check: (view) => repeatedLocations(view.manifest()),
  },
  foreignLocation('manifest/amo-location', { here: 'Kommo', elsewhere: 'amoCRM' }),
  foreignLocation('manifest/kommo-location', { here: 'amoCRM', elsewhere: 'Kommo' }),
  {
    code: 'manifest/card-sdk-without-card',
    severity: 'error',
    title: 'card_sdk comes with the location of a card.',
    help: 'card_sdk adds tabs to the cards where the widget runs. List at least one of lcard, ccard and comcard beside it.',
    source: 'platform/widget.md §1.9 M10',
    check: (view) => {
      const manifest = view.manifest();
      if (manifest === null || listsLocation(manifest, 'lcard', 'ccard', 'comcard', 'cucard')) return [];
      return locationEntries(manifest)
        .filter(({ parsed }) => parsed?.code === 'card_sdk')
        .map(({ path }) => ({
          message: 'card_sdk adds tabs to cards: list the cards too, e.g. "lcard-0".',
          ...manifest.spot(path),
          expected: 'lcard, ccard or comcard',
          found: 'no card in locations',
        }));
    },
  },
  {
    code: 'manifest/location-without-block',
    severity: 'error',
    title: 'A location that needs a block of the manifest has it.',
    help: 'Some areas need a block of the manifest that describes what the widget does there. Add the block, or take the location out.',
    source: 'platform/widget.md §1.9 M7, M9, M11, M12',
    check: (view) => missingBlocks(view),
  },
  {
    code: 'manifest/dp-without-location',
    severity: 'error',
    title: 'The block dp stands only together with the location digital_pipeline.',
    help: 'The block describes a trigger of the digital pipeline, and the platform allows it only beside the location digital_pipeline. List the location, or take the block out.',
    source: 'platform/widget.md §1.5, §1.9 M7',
    check: (view) => idleBlocks(view, (block) => block === 'dp'),
  },
  {
    // The example in amoCRM's own documentation has such blocks, so they do no harm.
    code: 'manifest/block-without-location',
    severity: 'warning',
    title: 'A block stands only together with its location.',
    help: 'The platform reads the block only where its location is listed, so it does nothing now. List the location or take the block out.',
    source: 'platform/widget.md §1.9 M9, M11, M12',
    check: (view) => idleBlocks(view, (block) => block !== 'dp' && block !== 'settings'),
  },
];

/** A location that only the other platform documents. */
function foreignLocation(
  code: string,
  { here, elsewhere }: Record<'here' | 'elsewhere', 'Kommo' | 'amoCRM'>,
): Rule {
  const platform = here === 'Kommo' ? 'kommo' : 'amo';
  return {
    code,
    severity: here === 'Kommo' ? { kommo: 'warning', amocrm: 'off' } : { kommo: 'off', amocrm: 'warning' },
    title: `Every location is one that the documentation of ${here} has.`,
    help: `Only the documentation of ${elsewhere} has this area; on ${here} the widget may not be started there. Leave it out of the archive for ${here} unless you saw it work.`,
    source: 'platform/widget.md §1.3, §1.9 M21, §11',
    check: eachLocation(({ parsed }) =>
      parsed !== null && !locations[parsed.code].documentedBy[platform]
        ? {
            message: `Only ${elsewhere} documents the location ${quote(parsed.code)}; on ${here} it may do nothing.`,
            expected: `a location that ${here} documents`,
            found: quote(parsed.code),
          }
        : null,
    ),
  };
}

function eachLocation(
  judge: (entry: LocationEntry) => Pick<Problem, 'message' | 'expected' | 'found'> | null,
): Rule['check'] {
  return (view) => {
    const manifest = view.manifest();
    if (manifest === null) return [];
    return locationEntries(manifest).flatMap((entry) => {
      const problem = judge(entry);
      return problem === null ? [] : [{ ...problem, ...manifest.spot(entry.path) }];
    });
  };
}

function repeatedLocations(manifest: JsonDocument | null): Problem[] {
  if (manifest === null) return [];
  const first = new Map<string, string>();
  return locationEntries(manifest).flatMap(({ text, path, parsed }): Problem[] => {
    const area = parsed?.code ?? text;
    const before = first.get(area);
    if (before === undefined) {
      first.set(area, text);
      return [];
    }
    const message =
      before === text
        ? `The location ${quote(text)} is listed twice.`
        : `${quote(before)} and ${quote(text)} exclude each other: keep one of them.`;
    return [{ message, ...manifest.spot(path), expected: `${area} once`, found: `${before} and ${text}` }];
  });
}

/** The location `settings` is left to the rule about the block `settings`, which also looks at `installation`. */
function missingBlocks(view: WidgetView): Problem[] {
  const manifest = view.manifest();
  if (manifest === null) return [];
  return locationEntries(manifest).flatMap(({ path, parsed }): Problem[] => {
    const block = parsed === null ? null : locations[parsed.code].block;
    if (parsed === null || block === null || block === 'settings' || manifest.get([block]) !== undefined)
      return [];
    return [
      {
        message: `The location ${quote(parsed.code)} needs the block ${quote(block)} in the manifest.`,
        ...manifest.spot(path),
        expected: `"${block}": { … }`,
        found: `no ${block}`,
      },
    ];
  });
}

function idleBlocks(view: WidgetView, applies: (block: LocationBlock) => boolean): Problem[] {
  const manifest = view.manifest();
  if (manifest === null) return [];
  return locationCodes.flatMap((code): Problem[] => {
    const { block } = locations[code];
    if (block === null || !applies(block)) return [];
    if (manifest.get([block]) === undefined || listsLocation(manifest, code)) return [];
    return [
      {
        message: `The block ${quote(block)} does nothing without the location ${quote(code)}.`,
        ...manifest.keySpot([block]),
        expected: `${quote(code)} in locations`,
        found: `no ${quote(code)} there`,
      },
    ];
  });
}
