import { pageOf } from './query.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AccountContext } from '../context.js';
import type { Query } from './query.js';

export interface Links {
  readonly self: { readonly href: string };
}

/** `_links` with the address of one thing, `path` beginning after `/api/v4`. */
export function selfLink({ url }: AccountContext, path: string): Links {
  return { self: { href: `${url}/api/v4${path}` } };
}

/** `_links` with the address that was asked. */
export function requestLink({ url }: AccountContext, request: FastifyRequest): Links {
  return { self: { href: `${url}${request.url}` } };
}

/** Answers `application/hal+json`. */
export function sendHal(reply: FastifyReply, body: object, status = 200): void {
  void reply.code(status).type('application/hal+json').send(JSON.stringify(body));
}

/** 204: what the platform answers for many things that are not there (`platform/server.md §5.1`). */
export function sendNothing(reply: FastifyReply): void {
  void reply.code(204).send();
}

/**
 * Answers with the page of `items` that the query asks for, 204 when it is empty. `next` and `prev` stand in
 * `_links` only where there is such a page.
 */
export function sendPage<Item>(
  context: AccountContext,
  request: FastifyRequest,
  reply: FastifyReply,
  {
    name,
    items,
    print,
    most = 250,
    extra = {},
  }: {
    readonly name: string;
    readonly items: readonly Item[];
    readonly print: (item: Item) => object;
    readonly most?: number;
    readonly extra?: object;
  },
): void {
  const { page, limit } = pageOf(request.query as Query, { most, usual: Math.min(50, most) });
  const shown = items.slice((page - 1) * limit, page * limit);
  if (shown.length === 0) {
    sendNothing(reply);
    return;
  }
  const isLast = items.length <= page * limit;
  sendHal(reply, {
    _page: page,
    _links: {
      self: { href: pageAddress(context, request, page, limit) },
      ...(isLast ? {} : { next: { href: pageAddress(context, request, page + 1, limit) } }),
      ...(page === 1 ? {} : { prev: { href: pageAddress(context, request, page - 1, limit) } }),
    },
    ...extra,
    _embedded: { [name]: shown.map(print) },
  });
}

/** Answers with a short list that has no pages. */
export function sendAll(
  context: AccountContext,
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  items: readonly object[],
): void {
  if (items.length === 0) {
    sendNothing(reply);
    return;
  }
  sendHal(reply, {
    _total_items: items.length,
    _links: requestLink(context, request),
    _embedded: { [name]: items },
  });
}

function pageAddress({ url }: AccountContext, request: FastifyRequest, page: number, limit: number): string {
  const address = new URL(request.url, url);
  address.searchParams.set('page', String(page));
  address.searchParams.set('limit', String(limit));
  return address.href;
}
