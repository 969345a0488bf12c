/** The blocks of manifest.json that belong to a location, by their top-level key. */
export type LocationBlock =
  'settings' | 'dp' | 'advanced' | 'salesbot_designer' | 'sms' | 'mobile' | 'left_menu' | 'amoforms_settings';

export interface LocationFacts {
  /** May carry `-1` (draws in the right-hand panel) or `-0` (is started there and draws elsewhere). */
  suffix: boolean;
  /** Whether Kommo documents it, and whether amoCRM does. A location that only one documents is no error. */
  documentedBy: { kommo: boolean; amo: boolean };
  /** The block that has to stand in the manifest when the location is listed. */
  block: LocationBlock | null;
  /** The location does nothing without `script.js`. False also where the platform's part is not known. */
  needsScript: boolean;
}

const both = { kommo: true, amo: true };
const onlyKommo = { kommo: true, amo: false };
const onlyAmo = { kommo: false, amo: true };

/**
 * Every location that the documentation of Kommo or amoCRM names, in the order of `platform/widget.md §1.3`;
 * `personal_page` is from §12.
 */
export const locations = {
  lcard: { suffix: true, documentedBy: both, block: null, needsScript: true },
  ccard: { suffix: true, documentedBy: both, block: null, needsScript: true },
  comcard: { suffix: true, documentedBy: both, block: null, needsScript: true },
  llist: { suffix: true, documentedBy: both, block: null, needsScript: true },
  clist: { suffix: true, documentedBy: both, block: null, needsScript: true },
  tlist: { suffix: true, documentedBy: both, block: null, needsScript: true },
  cucard: { suffix: true, documentedBy: onlyAmo, block: null, needsScript: true },
  culist: { suffix: true, documentedBy: onlyAmo, block: null, needsScript: true },
  settings: { suffix: false, documentedBy: both, block: 'settings', needsScript: true },
  advanced_settings: { suffix: false, documentedBy: both, block: 'advanced', needsScript: true },
  card_sdk: { suffix: false, documentedBy: both, block: null, needsScript: true },
  catalogs: { suffix: false, documentedBy: both, block: null, needsScript: true },
  digital_pipeline: { suffix: false, documentedBy: both, block: 'dp', needsScript: false },
  lead_sources: { suffix: false, documentedBy: both, block: null, needsScript: true },
  widget_page: { suffix: false, documentedBy: both, block: 'left_menu', needsScript: true },
  sms: { suffix: false, documentedBy: both, block: 'sms', needsScript: false },
  mobile_card: { suffix: false, documentedBy: both, block: 'mobile', needsScript: false },
  salesbot_designer: { suffix: false, documentedBy: both, block: 'salesbot_designer', needsScript: true },
  website_chat_button: { suffix: false, documentedBy: both, block: null, needsScript: false },
  ai_agent: { suffix: false, documentedBy: onlyKommo, block: null, needsScript: false },
  everywhere: { suffix: false, documentedBy: both, block: null, needsScript: true },
  tline: { suffix: false, documentedBy: onlyAmo, block: null, needsScript: true },
  tcalendar: { suffix: false, documentedBy: onlyAmo, block: null, needsScript: true },
  whatsapp_modal: { suffix: false, documentedBy: onlyAmo, block: null, needsScript: true },
  amoforms: { suffix: false, documentedBy: onlyAmo, block: 'amoforms_settings', needsScript: false },
  personal_page: { suffix: false, documentedBy: onlyAmo, block: null, needsScript: false },
} as const satisfies Record<string, LocationFacts>;

export type LocationCode = keyof typeof locations;

export type LocationWithSuffix = {
  [Code in LocationCode]: (typeof locations)[Code]['suffix'] extends true ? Code : never;
}[LocationCode];

/** A location as it may stand in the manifest, e.g. `lcard-1` or `digital_pipeline`. */
export type Location = LocationCode | `${LocationWithSuffix}-${0 | 1}`;

export const locationCodes = Object.keys(locations) as LocationCode[];

export interface ParsedLocation {
  code: LocationCode;
  /** What follows the last hyphen; `null` where nothing does, which counts as `1` on a card or list. */
  suffix: string | null;
}

/**
 * Takes an entry of `locations` apart; `null` when no location has that code. The suffix may be wrong:
 * {@link isLocation} says whether the entry as a whole is one of the platform's.
 */
export function parseLocation(entry: string): ParsedLocation | null {
  const hyphen = entry.lastIndexOf('-');
  const code = hyphen === -1 ? entry : entry.slice(0, hyphen);
  if (!isLocationCode(code)) return null;
  return { code, suffix: hyphen === -1 ? null : entry.slice(hyphen + 1) };
}

export function isLocationCode(code: string): code is LocationCode {
  return Object.hasOwn(locations, code);
}

/** Whether the entry may stand in `locations`: a known code, with a suffix only where the platform reads one. */
export function isLocation(entry: string): entry is Location {
  const parsed = parseLocation(entry);
  if (parsed === null) return false;
  if (parsed.suffix === null) return true;
  return locations[parsed.code].suffix && (parsed.suffix === '0' || parsed.suffix === '1');
}

/** Every spelling that {@link isLocation} accepts, in the order of the table. */
export function locationSpellings(): Location[] {
  return locationCodes.flatMap((code) =>
    locations[code].suffix ? ([code, `${code}-0`, `${code}-1`] as Location[]) : [code],
  );
}
