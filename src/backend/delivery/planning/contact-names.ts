/** The names of a contact as the API gives them (`platform/server.md §5.4`). */
export interface ContactNames {
  readonly name?: unknown;
  readonly first_name?: unknown;
  readonly last_name?: unknown;
}

export interface Names {
  readonly full: string;
  readonly first: string;
  readonly last: string;
}

/**
 * The names to address a contact by; empty texts where nothing is known. Contacts that come in from forms and calls
 * often have only `name`.
 *
 * | the card holds           | full             | first                   | last            |
 * | ------------------------ | ---------------- | ----------------------- | --------------- |
 * | `name`, first, last      | `name`           | first                   | last            |
 * | `name` alone             | `name`           | its first word          | the other words |
 * | `name` that is a number  | `name`           | empty                   | empty           |
 * | `name` and last          | `name`           | `name` without the last | last            |
 * | `name` and first         | `name`           | first                   | empty           |
 * | first, last, no `name`   | first and last   | first                   | last            |
 */
export function contactNames(contact: ContactNames | undefined): Names {
  const [name, first, last] = [contact?.name, contact?.first_name, contact?.last_name].map(nameOf) as [
    string,
    string,
    string,
  ];
  const full = name === '' ? [first, last].filter((part) => part !== '').join(' ') : name;
  if (first !== '') return { full, first, last };
  if (!/\p{L}/u.test(name)) return { full, first, last };
  if (last !== '') return { full, first: withoutWords(name, last), last };
  const [head = '', ...others] = name.split(' ');
  return { full, first: head, last: others.join(' ') };
}

/** `Anna Smith` without `Smith` is `Anna`, and so it is of `Smith Anna`. */
function withoutWords(name: string, words: string): string {
  if (name === words) return '';
  if (name.endsWith(` ${words}`)) return name.slice(0, -words.length - 1);
  if (name.startsWith(`${words} `)) return name.slice(words.length + 1);
  return name.split(' ')[0] ?? '';
}

function nameOf(value: unknown): string {
  return typeof value === 'string' ? value.trim().replace(/\s+/g, ' ') : '';
}
