import type { PhoneMessage, PhoneStatus } from '../../phone-wire.js';

export const statusWords: Readonly<Record<PhoneStatus, string>> = {
  sent: 'Sent',
  delivered: 'Delivered',
  read: 'Read',
  failed: 'Not delivered',
};

/** `14:03` */
export function clockTime(at: number): string {
  return new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

/** `Today`, `Yesterday`, `Tuesday, 3 March`. */
export function dayOf(at: number, now: number): string {
  const day = new Date(at);
  const today = new Date(now);
  const yesterday = new Date(now);
  yesterday.setDate(today.getDate() - 1);
  if (day.toDateString() === today.toDateString()) return 'Today';
  if (day.toDateString() === yesterday.toDateString()) return 'Yesterday';
  return day.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });
}

/** The beginning of a text on one line. */
export function firstWords(text: string, most = 90): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = Array.from(line.slice(0, most * 2));
  return characters.length > most ? `${characters.slice(0, most).join('').trimEnd()}…` : line;
}

/** What a list shows of a message. */
export function summary({ by, text, media }: Pick<PhoneMessage, 'by' | 'text' | 'media'>): string {
  const words = text === '' && media !== null ? (media.file_name ?? media.kind) : firstWords(text);
  return by === 'client' ? `You: ${words}` : words;
}

/** Two letters for a person without a picture; none for a number. */
export function initials(title: string): string {
  const words = title.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  return words
    .slice(0, 2)
    .map((word) => (Array.from(word)[0] ?? '').toLocaleUpperCase())
    .join('');
}
