import type { NoteLanguage } from '../../config.js';

export interface PriceOptions {
  readonly language: NoteLanguage;
  /** ISO 3166 code of the account's country: Spain and Argentina write `1.500`, Mexico `1,500`. */
  readonly country?: string | undefined;
  /** ISO 4217 code of the account's currency, which tells how many decimals there are. */
  readonly currency?: string | undefined;
}

/** Languages whose plain code would not give the form of the widget's samples. */
const regions: Partial<Record<NoteLanguage, string>> = { es: 'es-419', pt: 'pt-BR' };

/**
 * A sale value as the account's pages and the widget's preview show it: grouped digits without the currency's sign,
 * `1,500`; decimals only where there are any. A value that is no number gives an empty text.
 */
export function priceText(value: unknown, { language, country, currency }: PriceOptions): string {
  const amount = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof amount !== 'number' || !Number.isFinite(amount)) return '';
  const decimals = Number.isInteger(amount) ? 0 : decimalsOf(currency);
  const text = new Intl.NumberFormat(locales(language, country), {
    // Spanish leaves four digits together, where the samples do not.
    useGrouping: 'always',
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(amount);
  // A no-break space is not in the SMS alphabet: one of them would halve what fits into an SMS.
  return text.replace(/[\u00a0\u202f]/g, ' ');
}

function locales(language: NoteLanguage, country: string | undefined): string[] {
  const fallback = regions[language] ?? language;
  return country !== undefined && /^[a-z]{2}$/i.test(country)
    ? [`${language}-${country.toUpperCase()}`, fallback]
    : [fallback];
}

function decimalsOf(currency: string | undefined): number {
  if (currency === undefined || !/^[a-z]{3}$/i.test(currency)) return 2;
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}
