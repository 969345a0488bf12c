import { pageWords } from './page-words.js';
import type { NoteLanguage } from '../config.js';

/** The best of our languages for an `Accept-Language`, as `tr-TR,tr;q=0.9,en;q=0.8`; English when it has none. */
export function pageLanguage(accepted: string | undefined): NoteLanguage {
  const wanted = (accepted ?? '')
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const weight = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return { language: tag.split('-')[0] ?? '', weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    // The order of the header decides between equal weights, which a stable sort keeps.
    .sort((one, other) => other.weight - one.weight);
  const isOurs = (language: string): language is NoteLanguage => Object.hasOwn(pageWords, language);
  return wanted.map(({ language }) => language).find(isOurs) ?? 'en';
}
