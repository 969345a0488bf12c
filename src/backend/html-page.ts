/** A page of ours, small enough to be one answer. All texts are plain. */
export interface HtmlPage {
  readonly language: string;
  readonly title: string;
  readonly text: string;
  readonly isGood: boolean;
  readonly link?: { readonly href: string; readonly label: string } | undefined;
  /** Values for the script, as `data-` attributes of `main`. */
  readonly data?: Readonly<Record<string, string>>;
  /** Source of a script, which the answer's Content-Security-Policy has to allow. */
  readonly script?: string | undefined;
}

export function htmlPage({ language, title, text, isGood, link, data = {}, script }: HtmlPage): string {
  const attributes = Object.entries(data).map(([name, value]) => ` data-${name}="${escapeHtml(value)}"`);
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>
:root { color-scheme: light dark; }
body { font: 16px/1.5 "PT Sans", Arial, sans-serif; margin: 0; min-height: 100vh; display: grid; place-items: center; color: #313942; background: #f5f5f5; }
main { box-sizing: border-box; width: min(32em, 100% - 2em); padding: 2em; background: #fff; border-radius: 6px; border-top: 4px solid ${isGood ? '#00a854' : '#d97706'}; overflow-wrap: anywhere; }
h1 { font-size: 1.35em; line-height: 1.3; margin: 0 0 .5em; }
p { margin: 0; }
a { display: inline-block; margin-top: 1.25em; padding: .5em 1em; border-radius: 3px; color: #fff; background: #1d5fd0; text-decoration: none; }
a:focus-visible { outline: 3px solid #8ab4f8; outline-offset: 2px; }
@media (prefers-color-scheme: dark) { body { color: #e6e9ec; background: #0f1a24; } main { background: #1b2a38; } }
</style>
</head>
<body>
<main${attributes.join('')}>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(text)}</p>${link === undefined ? '' : `\n<a href="${escapeHtml(link.href)}">${escapeHtml(link.label)}</a>`}
</main>${script === undefined ? '' : `\n<script>${script}</script>`}
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
