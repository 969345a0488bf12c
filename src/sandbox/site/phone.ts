import type { FastifyInstance } from 'fastify';
import type { AccountContext, Clock } from '../account/context.js';
import { createDemoChat, type ChatMessage, type DemoChatOptions } from '../chat-service/index.js';
import { shownOnPhone, type PhoneMessage } from '../phone-wire.js';
import { inputOf, textOf } from './input.js';
import { contactFinder, type FindContact } from './phone-contacts.js';
import { readPhoneSettings } from './phone-settings.js';
import type { SiteState } from './state.js';

/** The phone that the sandbox's pages show: the demo chat service behind it, and its doors. */
export interface Phone {
  readonly apiKey: string;
  /** The service's interface. */
  serve(app: FastifyInstance): void;
  /** `/sandbox/phone/…`. */
  doors(room: FastifyInstance, context: AccountContext): void;
  /** No messages, and nothing fails any more; when messages count as read stays. */
  reset(): void;
}

/** Milliseconds in which changes are gathered before pages hear of them. */
const gatherMs = 40;
/** Changes that are told one by one; when there are more, pages read the list anew. */
const mostTold = 100;

export function createPhone(site: Pick<SiteState, 'tell'>, options: DemoChatOptions, clock?: Clock): Phone {
  let finder = (): FindContact => () => null;
  let changed = new Set<ChatMessage>();
  let isPart = false;

  const tell = (): void => {
    if (changed.size === 0) return;
    const find = finder();
    const messages = [...changed].map((message) => view(message, find));
    site.tell({ kind: 'phone', messages, isPart });
    changed = new Set();
    isPart = false;
  };
  const chat = createDemoChat(
    options,
    {
      onChange(message) {
        if (changed.size === 0) setTimeout(tell, gatherMs).unref();
        if (changed.size < mostTold) changed.add(message);
        else if (!changed.has(message)) isPart = true;
      },
      onSettings(settings) {
        site.tell({ kind: 'phone_settings', settings });
      },
    },
    clock === undefined ? {} : { clock },
  );

  return {
    apiKey: chat.apiKey,
    serve(app) {
      chat.serve(app);
    },
    doors(room, context) {
      finder = () => contactFinder(context.account);
      room.get('/sandbox/phone/access', (_request, reply) =>
        reply.send({ url: `${context.url}/demo-chat`, api_key: chat.apiKey }),
      );
      room.get('/sandbox/phone/messages', (_request, reply) => {
        const find = finder();
        return reply.send(chat.service.newest(shownOnPhone).map((message) => view(message, find)));
      });
      room.post('/sandbox/phone/seen', (request, reply) => {
        chat.service.see(textOf(inputOf(request.body), 'to'));
        return reply.code(204).send();
      });
      room.get('/sandbox/phone/settings', (_request, reply) => reply.send(chat.settings()));
      room.patch('/sandbox/phone/settings', (request, reply) => {
        chat.change(readPhoneSettings(inputOf(request.body)));
        return reply.send(chat.settings());
      });
    },
    reset() {
      chat.service.clear();
      changed.clear();
      chat.change({ faults: [] });
    },
  };
}

function view(message: ChatMessage, find: FindContact): PhoneMessage {
  const { number, id, to, text, status, error, at, seen } = message;
  return { number, id, to, text, status, reason: error?.message ?? null, at, seen, contact: find(to) };
}
