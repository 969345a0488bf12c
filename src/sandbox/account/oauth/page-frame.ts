import type { FastifyReply } from 'fastify';

/** A page without scripts that is made on the server. `body` is HTML; `styles` come beside the frame's own. */
export function page(title: string, body: string, styles = ''): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>
:root { color-scheme: light dark; --back: #f5f5f5; --card: #fff; --line: #e3e3e3; --text: #363b44;
  font: 15px/1.4 "PT Sans", Arial, sans-serif; color: var(--text); background: var(--back); }
@media (prefers-color-scheme: dark) {
  :root { --back: #0f2231; --card: #153043; --line: #284860; --text: #f2f2f2; }
}
main { box-sizing: border-box; max-width: 30rem; margin: 12vh auto 2rem; padding: 1.6rem 2rem 2rem; background: var(--card);
  border: 1px solid var(--line); border-radius: 6px; box-shadow: 0 10px 40px rgb(0 19 45 / 10%); overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 1.35rem; }
form { display: flex; gap: .7rem; margin-top: 1.6rem; }
button { font: inherit; font-weight: bold; height: 36px; padding: 0 1.2rem; border: 1px solid #3071df; border-radius: 3px;
  cursor: pointer; background: #3071df; color: #fff; }
button.plain { font-weight: normal; background: none; color: inherit; border-color: GrayText; }
:focus-visible { outline: 2px solid #4c8bf7; outline-offset: 2px; }
${styles}</style>
</head>
<body><main>
${body}
</main></body>
</html>
`;
}

/** The text where HTML is written, in quotes as well. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Fields that a form sends along. */
export function hiddenFields(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`)
    .join('');
}

/**
 * A reply that is to be such a page: kept by nobody, shown in no frame.
 *
 * @param policy What its Content-Security-Policy allows beside the styles of the frame.
 */
export function html(reply: FastifyReply, policy: readonly string[] = []): FastifyReply {
  const own = [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return reply
    .type('text/html; charset=utf-8')
    .header('Cache-Control', 'no-store')
    .header('Referrer-Policy', 'same-origin')
    .header('Content-Security-Policy', [...own, ...policy].join('; '));
}
