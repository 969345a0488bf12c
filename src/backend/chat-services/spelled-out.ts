import { entriesOf, textOf } from './json.js';

/** A place in words that are the same in every language; undefined when it is none. */
export function locationText(place: {
  readonly latitude: unknown;
  readonly longitude: unknown;
  readonly name?: unknown;
  readonly address?: unknown;
}): string | undefined {
  const [latitude, longitude] = [place.latitude, place.longitude].map((one) => degrees(one));
  if (latitude === undefined || longitude === undefined) return undefined;
  const link = `https://www.google.com/maps?q=${latitude},${longitude}`;
  return [textOf(place.name), textOf(place.address), link].filter((line) => line !== undefined).join('\n');
}

/** Names and numbers of business cards (RFC 6350), one card a paragraph; undefined when there are none. */
export function vcardText(cards: unknown): string | undefined {
  const texts = entriesOf(cards).flatMap((card) => {
    const lines = (textOf(card) ?? '').split(/\r?\n/);
    const valuesOf = (property: RegExp): string[] =>
      lines.flatMap((line) => textOf(property.exec(line)?.[1])?.trim() ?? []);
    return contactText({
      name: valuesOf(/^FN[^:]*:(.*)$/i)[0],
      phones: valuesOf(/^(?:item\d+\.)?TEL[^:]*:(.*)$/i),
    });
  });
  return texts.length === 0 ? undefined : texts.join('\n\n');
}

/** A contact that somebody has passed on, as a list of at most one text. */
export function contactText({
  name,
  phones,
}: {
  readonly name: string | undefined;
  readonly phones: readonly string[];
}): readonly string[] {
  const lines = [...(name === undefined ? [] : [name]), ...phones];
  return lines.length === 0 ? [] : [lines.join('\n')];
}

function degrees(value: unknown): string | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? String(number) : undefined;
}
