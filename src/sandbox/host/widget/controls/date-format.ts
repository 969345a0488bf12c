/** Of a date field when the widget names none. */
export const usualFormat = 'DD.MM.YYYY';

/**
 * A day as text. The platform does not say in which letters `title_format` and `data_format` are written: both
 * `DD.MM.YYYY` and `d.m.Y` are taken.
 */
export function formatDay(day: Date, format: string): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return format.replace(/Y{1,4}|y{4}|M{1,2}|m{1,2}|D{1,2}|d{1,2}/g, (token) => {
    const part = token.charAt(0).toLowerCase();
    if (part === 'y') return token.length === 2 ? two(day.getFullYear() % 100) : String(day.getFullYear());
    return two(part === 'm' ? day.getMonth() + 1 : day.getDate());
  });
}

/** The day of a text in this format; undefined when it is none, such as 31.02. */
export function parseDay(text: string, format: string): Date | undefined {
  const order = [...format.matchAll(/[Yy]+|[Mm]+|[Dd]+/g)].map(([token]) => token.charAt(0).toLowerCase());
  const numbers = text.match(/\d+/g)?.map(Number) ?? [];
  if (numbers.length !== order.length) return undefined;
  const at = (part: string): number => numbers[order.indexOf(part)] ?? Number.NaN;
  const [year, month, date] = [at('y'), at('m'), at('d')];
  const full = year < 100 ? 2_000 + year : year;
  const day = new Date(full, month - 1, date);
  return day.getFullYear() === full && day.getMonth() === month - 1 && day.getDate() === date
    ? day
    : undefined;
}

/** What a widget gives as a date: a text, a `Date`, or Unix seconds. */
export function dayText(value: unknown, format: string): string {
  if (value instanceof Date) return formatDay(value, format);
  if (typeof value === 'number') return formatDay(new Date(value * 1_000), format);
  return typeof value === 'string' ? value : '';
}
