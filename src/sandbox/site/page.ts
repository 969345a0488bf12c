import type { FastifyInstance } from 'fastify';
import { loopGuardScript } from './loop-guard.js';

/** The document of every page of the account; the host fills it. */
const html = (scripts: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="icon" href="data:,">
    <title>Kommo account on localhost</title>
    <link rel="stylesheet" href="/sandbox/fonts.css">
    <link rel="stylesheet" href="/sandbox/palette.css">
    <link rel="stylesheet" href="/sandbox/host.css">
    ${scripts}<script src="/sandbox/libraries/require.js"></script>
    <script defer src="/sandbox/host.js"></script>
  </head>
  <body>
    <main id="page_holder" tabindex="-1"></main>
    <div id="notifications" class="notifications"></div>
  </body>
</html>
`;

/** Answers every address that is a page's with the same document, which finds its page by the address. */
export function pages(app: FastifyInstance, { loopGuard }: { readonly loopGuard: boolean }): void {
  // Before every other script: a widget's loops ask for it.
  const document = html(loopGuard ? `<script>${loopGuardScript}</script>\n    ` : '');
  app.get('/', (_request, reply) => reply.redirect('/leads/pipeline'));
  for (const start of [
    'leads',
    'contacts',
    'companies',
    'customers',
    'todo',
    'settings',
    'widget_page',
    'catalogs',
    'dashboard',
  ]) {
    for (const address of [`/${start}`, `/${start}/*`]) {
      app.get(address, (_request, reply) =>
        reply.type('text/html; charset=utf-8').header('Cache-Control', 'no-cache').send(document),
      );
    }
  }
}
