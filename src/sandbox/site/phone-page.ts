import type { FastifyInstance } from 'fastify';
import type { HostFiles } from './host-files.js';

const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="icon" href="data:,">
    <title>Phone of the sandbox</title>
    <script defer src="/sandbox/phone.js"></script>
  </head>
  <body></body>
</html>
`;

/** `/sandbox/phone`: the phone of the bar on a page of its own. */
export function phonePage(app: FastifyInstance, files: () => Promise<HostFiles>): void {
  app.get('/sandbox/phone', (_request, reply) =>
    reply.type('text/html; charset=utf-8').header('Cache-Control', 'no-cache').send(html),
  );
  app.get('/sandbox/phone.js', async (_request, reply) =>
    reply
      .type('text/javascript; charset=utf-8')
      .header('Cache-Control', 'no-cache')
      .send((await files()).phone),
  );
}
