import { dpEvents } from '../../../../kommo/digital-pipeline.js';
import type { Translate } from '../../words/words.js';
import type { DpWord } from './words.js';

/** The word of each event's condition, by its code (`platform/widget.md §1.5`). */
const eventWords = {
  1: 'event1',
  14: 'event14',
  15: 'event15',
  16: 'event16',
  17: 'event17',
  18: 'event18',
  19: 'event19',
  20: 'event20',
  21: 'event21',
  22: 'event22',
} as const satisfies Readonly<Record<(typeof dpEvents)[number]['code'], DpWord>>;

/** Codes that a trigger of leads (2) or customers (12) may wait for; the first is the usual one. */
export function eventCodes(elementType: 2 | 12): number[] {
  const usual = usualEvent(elementType);
  const codes = dpEvents
    .filter(({ elementTypes }) => (elementTypes as readonly number[]).includes(elementType))
    .map(({ code }): number => code);
  return [usual, ...codes.filter((code) => code !== usual)];
}

/** What a new trigger waits for: being moved to the stage or created in it. */
export function usualEvent(elementType: 2 | 12): number {
  return elementType === 2 ? 15 : 22;
}

export function conditionText(t: Translate<DpWord>, code: number): string {
  return t(eventWords[code as keyof typeof eventWords]);
}

/** Units of a delay, the largest first. */
export const delayUnits = [
  { unit: 'days', seconds: 86_400 },
  { unit: 'hours', seconds: 3_600 },
  { unit: 'minutes', seconds: 60 },
] as const;

export type DelayUnit = (typeof delayUnits)[number]['unit'];

/** A delay in the largest unit that gives a whole number. */
export function splitDelay(seconds: number): { amount: number; unit: DelayUnit } {
  const found = delayUnits.find((unit) => seconds > 0 && seconds % unit.seconds === 0);
  return found === undefined
    ? { amount: Math.ceil(seconds / 60), unit: 'minutes' }
    : { amount: seconds / found.seconds, unit: found.unit };
}

export function joinDelay(amount: number, unit: string): number {
  return Math.max(0, Math.round(amount)) * (delayUnits.find((one) => one.unit === unit)?.seconds ?? 60);
}

export function delayText(t: Translate<DpWord>, seconds: number): string {
  if (seconds <= 0) return t('immediately');
  const { amount, unit } = splitDelay(seconds);
  return t(`after_${unit}`, { amount });
}
