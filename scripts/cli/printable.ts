/** Names and texts come from widgets: what would steer the terminal is shown as U+FFFD. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '�');
}
