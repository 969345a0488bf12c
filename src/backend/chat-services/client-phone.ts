/**
 * E.164 of a number as a service gives it: with or without the plus, with the prefix of a channel (`whatsapp:+1…`).
 * Undefined when it is none, such as a short code or the name of a sender.
 */
export function clientPhone(number: unknown): string | undefined {
  if (typeof number !== 'string') return undefined;
  const [, digits] = /^(?:[a-z]+:)?\+?([1-9]\d{6,14})$/i.exec(number.trim()) ?? [];
  return digits === undefined ? undefined : `+${digits}`;
}
