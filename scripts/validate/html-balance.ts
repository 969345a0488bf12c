/** Elements that texts of widgets have and that need their end tag. */
const paired = new Set(
  'a abbr b big blockquote button center code div em font h1 h2 h3 h4 h5 h6 i label ol pre s small span strong sub sup table u ul'.split(
    ' ',
  ),
);

/** What is wrong with the tags of a text; `null` when every element is closed. Other tags are passed over. */
export function unbalancedTag(text: string): string | null {
  const open: string[] = [];
  for (const [whole, slash, written = ''] of text.matchAll(/<(\/?)([a-z][a-z\d]*)\b[^<>]*>/gi)) {
    const name = written.toLowerCase();
    if (!paired.has(name) || whole.endsWith('/>')) continue;
    if (slash === '') {
      open.push(name);
      continue;
    }
    const last = open.pop();
    if (last === undefined) return `</${name}> closes nothing`;
    if (last !== name) return `</${name}> comes before </${last}>`;
  }
  const left = open.pop();
  return left === undefined ? null : `<${left}> is not closed`;
}
