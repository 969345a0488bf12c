import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { AccountContext } from '../context.js';

/** Address of a widget's files on the account's host, without a slash at the end (`platform/widget.md §2.5`). */
export function widgetPath(code: string): string {
  return `/upl/${code}/widget`;
}

export interface WidgetFileOptions {
  /** What is sent for a file instead of its bytes; by default the bytes. */
  readonly serveFile?: (code: string, file: string, bytes: Uint8Array) => Uint8Array;
}

/**
 * Serves the files of every uploaded widget under {@link widgetPath}, whatever `?v=` says: the newest upload.
 * The browser asks every time, so that a rebuild is never hidden by an old copy.
 */
export function widgetFiles(
  app: FastifyInstance,
  context: AccountContext,
  { serveFile = (_code, _file, bytes) => bytes }: WidgetFileOptions = {},
): void {
  app.get<{ Params: { code: string; '*': string } }>('/upl/:code/widget/*', (request, reply) => {
    const { code, '*': file } = request.params;
    const stored = context.account.widgets.get(code)?.files.get(file);
    if (stored === undefined) {
      return reply
        .code(404)
        .type('text/plain; charset=utf-8')
        .send(`There is no ${file} in widget ${code}.\n`);
    }
    const bytes = serveFile(code, file, stored);
    return reply
      .type(contentType(file))
      .header('Cache-Control', 'no-cache')
      .header('X-Content-Type-Options', 'nosniff')
      .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  });
}

/** By the file's ending; `application/octet-stream` for one that widgets do not use. */
export function contentType(file: string): string {
  return contentTypes.get(path.posix.extname(file).toLowerCase()) ?? 'application/octet-stream';
}

const contentTypes = new Map([
  ['.js', 'text/javascript; charset=utf-8'],
  ['.mjs', 'text/javascript; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.map', 'application/json; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.twig', 'text/plain; charset=utf-8'],
  ['.txt', 'text/plain; charset=utf-8'],
  ['.md', 'text/plain; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.jpg', 'image/jpeg'],
  ['.jpeg', 'image/jpeg'],
  ['.gif', 'image/gif'],
  ['.webp', 'image/webp'],
  ['.ico', 'image/x-icon'],
  ['.woff', 'font/woff'],
  ['.woff2', 'font/woff2'],
  ['.ttf', 'font/ttf'],
  ['.mp3', 'audio/mpeg'],
  ['.ogg', 'audio/ogg'],
  ['.wav', 'audio/wav'],
  ['.mp4', 'video/mp4'],
]);
