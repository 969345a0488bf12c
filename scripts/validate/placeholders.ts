const placeholder =
  /\{\{\s*[\w.]+\s*\}\}|\$?\{\w+\}|%(?:\d+\$)?[sd](?![\p{L}\p{N}_])|%\w+%|#\/?[A-Z][A-Z_]*#/gu;

/**
 * What is filled in when a text is shown: `{{name}}`, `{name}`, `%s`, `%name%`, `#NAME#`. A `%s` that stands
 * there twice is two. Texts with plural forms have none, since their forms look like placeholders.
 */
export function placeholdersIn(text: string): string[] {
  if (/,\s*(?:plural|select|selectordinal)\s*,/.test(text)) return [];
  const counts = new Map<string, number>();
  for (const [match] of text.matchAll(placeholder)) {
    const name = match.replace(/\s/g, '');
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].flatMap(([name, count]) =>
    /^%[sd]$/.test(name) ? Array.from({ length: count }, () => name) : [name],
  );
}

/** What `wanted` has and `present` lacks, in linear time: a hostile text has hundreds of thousands. */
export function lackingPlaceholders(wanted: readonly string[], present: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const name of present) left.set(name, (left.get(name) ?? 0) + 1);
  return wanted.filter((name) => {
    const count = left.get(name) ?? 0;
    left.set(name, count - 1);
    return count <= 0;
  });
}
