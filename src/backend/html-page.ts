/** A page of ours, small enough to be one answer. All texts are plain. */
export interface HtmlPage {
  readonly language: string;
  readonly title: string;
  readonly text: string;
  readonly tone: keyof typeof tones;
  /** What the text is about, each with its name. */
  readonly facts?: readonly { readonly name: string; readonly value: string }[];
  readonly link?: { readonly href: string; readonly label: string } | undefined;
  readonly form?: HtmlForm | undefined;
  /** Values for the script, as `data-` attributes of `main`. */
  readonly data?: Readonly<Record<string, string>>;
  /** Source of a script, which the answer's Content-Security-Policy has to allow. */
  readonly script?: string | undefined;
}

/** Sent with POST; the answer's Content-Security-Policy has to allow it. */
export interface HtmlForm {
  readonly action: string;
  readonly hidden: Readonly<Record<string, string>>;
  /** The first is the one that is asked for. */
  readonly buttons: readonly { readonly name: string; readonly value: string; readonly label: string }[];
  /** The script sends the form: the buttons are for browsers without scripts. */
  readonly isSentByScript?: boolean;
}

const tones = { good: '#00a854', bad: '#d97706', neutral: '#1d5fd0' } as const;

export function htmlPage({
  language,
  title,
  text,
  tone,
  facts = [],
  link,
  form,
  data = {},
  script,
}: HtmlPage): string {
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
main { box-sizing: border-box; width: min(32em, 100% - 2em); padding: 2em; background: #fff; border-radius: 6px; border-top: 4px solid ${tones[tone]}; overflow-wrap: anywhere; }
h1 { font-size: 1.35em; line-height: 1.3; margin: 0 0 .5em; }
p, dl, dd { margin: 0; }
dl { margin-top: 1.25em; }
dt { font-size: .875em; opacity: .8; }
dd { margin-bottom: .5em; font-weight: bold; }
form { display: flex; flex-wrap: wrap; gap: .75em; margin-top: 1.25em; }
a { display: inline-block; margin-top: 1.25em; text-decoration: none; }
a, button { font: inherit; padding: .5em 1em; border: 1px solid #1d5fd0; border-radius: 3px; color: #fff; background: #1d5fd0; cursor: pointer; }
button ~ button { color: inherit; background: none; border-color: #7c8a97; }
button:disabled { opacity: .6; cursor: default; }
a:focus-visible, button:focus-visible { outline: 3px solid #8ab4f8; outline-offset: 2px; }
@media (prefers-color-scheme: dark) { body { color: #e6e9ec; background: #0f1a24; } main { background: #1b2a38; } }
</style>
</head>
<body>
<main${attributes.join('')}>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(text)}</p>${factList(facts)}${link === undefined ? '' : `\n<a href="${escapeHtml(link.href)}">${escapeHtml(link.label)}</a>`}${form === undefined ? '' : formOf(form)}
</main>${script === undefined ? '' : `\n<script>${script}</script>`}
</body>
</html>
`;
}

/** A name that somebody has given must not turn the words around it. */
function factList(facts: NonNullable<HtmlPage['facts']>): string {
  if (facts.length === 0) return '';
  const items = facts.map(
    ({ name, value }) => `\n<dt>${escapeHtml(name)}</dt><dd><bdi>${escapeHtml(value)}</bdi></dd>`,
  );
  return `\n<dl>${items.join('')}\n</dl>`;
}

function formOf({ action, hidden, buttons, isSentByScript = false }: HtmlForm): string {
  const inputs = Object.entries(hidden).map(
    ([name, value]) => `\n<input type="hidden" name="${name}" value="${escapeHtml(value)}">`,
  );
  const list = buttons
    .map(
      ({ name, value, label }) => `\n<button name="${name}" value="${value}">${escapeHtml(label)}</button>`,
    )
    .join('');
  return `\n<form method="post" action="${escapeHtml(action)}">${inputs.join('')}${
    isSentByScript ? `\n<noscript>${list}\n</noscript>` : list
  }\n</form>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
