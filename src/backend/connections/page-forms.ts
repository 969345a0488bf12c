import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Bytes; a form of ours has some two hundred. */
const bodyLimit = 4096;

/** Gives the routes of `scope` the bodies of forms as `URLSearchParams`, and no others. */
export function readForms(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit },
    (_request, body, done) => {
      done(null, new URLSearchParams(body.toString()));
    },
  );
}

/**
 * Whether a form was sent from a page of ours. Browsers say where every POST comes from (Fetch, "origin header"), and
 * newer ones whether that is the same site, which no page can have them say.
 */
export function isFromOurPage(
  { headers }: FastifyRequest,
  { publicUrl }: { readonly publicUrl: string },
): boolean {
  const site = headers['sec-fetch-site'];
  return headers.origin === new URL(publicUrl).origin && (site === undefined || site === 'same-origin');
}
