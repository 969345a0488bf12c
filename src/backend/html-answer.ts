import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { htmlPage, type HtmlPage } from './html-page.js';

/**
 * Answers with a page, or with its words in a line to whoever does not ask for HTML. Nothing but the page's own script
 * runs in it, and nobody may show it in a frame: what a person presses there is meant.
 */
export function sendHtml(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, page }: { readonly status: number; readonly page: HtmlPage },
): FastifyReply {
  const { title, text, language, script, form } = page;
  void reply
    .code(status)
    // The address has a code in it. A form's answer goes to ourselves, and without a referrer it would have no origin.
    .header('Referrer-Policy', form === undefined ? 'no-referrer' : 'same-origin')
    .header('Cache-Control', 'no-store')
    .header('Vary', 'Accept, Accept-Language')
    .header('X-Content-Type-Options', 'nosniff')
    .header('X-Frame-Options', 'DENY');
  if (!/text\/html|\*\/\*/.test(request.headers.accept ?? '')) {
    return reply.type('text/plain; charset=utf-8').send(`${title}. ${text}\n`);
  }
  return reply
    .type('text/html; charset=utf-8')
    .header('Content-Language', language)
    .header(
      'Content-Security-Policy',
      [
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        ...(script === undefined ? [] : [`script-src 'sha256-${sha256(script)}'`]),
        "base-uri 'none'",
        `form-action ${form === undefined ? "'none'" : "'self'"}`,
        "frame-ancestors 'none'",
      ].join('; '),
    )
    .send(htmlPage(page));
}

function sha256(script: string): string {
  return createHash('sha256').update(script).digest('base64');
}
