import type { FastifyInstance } from 'fastify';
import type { AccountContext, Clock } from '../account/context.js';
import {
  createDemoChat,
  type ChatMessage,
  type DemoChat,
  type DemoChatOptions,
} from '../chat-service/index.js';
import { shownOnPhone } from '../phone-wire.js';
import { inputOf, textOf } from './input.js';
import { appView, phoneConnecting } from './phone-connecting.js';
import { contactFinder, type FindContact } from './phone-contacts.js';
import { readPhoneSettings } from './phone-settings.js';
import { messageView, serviceView } from './phone-view.js';
import { readWritten } from './phone-writing.js';
import type { SiteState } from './state.js';

/** The phone that the sandbox's pages show: the demo chat service behind it, and its doors. */
export interface Phone {
  readonly chat: DemoChat;
  /** The service's interface. */
  serve(app: FastifyInstance): void;
  /** `/sandbox/phone/…`. */
  doors(room: FastifyInstance, context: AccountContext): void;
  /** No messages, and nothing fails any more; when messages count as read stays, and so does who is connected. */
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
    const messages = [...changed].map((message) => messageView(message, find));
    site.tell({ kind: 'phone', messages, isPart });
    changed = new Set();
    isPart = false;
  };
  const onConnections = (): void => {
    site.tell({ kind: 'phone_service', service: serviceView(chat) });
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
      onConnections,
    },
    clock === undefined ? {} : { clock },
  );

  return {
    chat,
    serve(app) {
      chat.serve(app);
    },
    doors(room, context) {
      finder = () => contactFinder(context.account);
      const serviceUrl = (): string => `${context.url}/demo-chat`;
      room.get('/sandbox/phone/access', (_request, reply) =>
        reply.send({
          url: serviceUrl(),
          api_key: chat.apiKey,
          accounts: chat.accounts,
          apps: chat.apps.all().map(appView),
        }),
      );
      room.get('/sandbox/phone/messages', (_request, reply) => {
        const find = finder();
        return reply.send(chat.service.newest(shownOnPhone).map((message) => messageView(message, find)));
      });
      room.post('/sandbox/phone/seen', (request, reply) => {
        chat.service.see(textOf(inputOf(request.body), 'to'));
        return reply.code(204).send();
      });
      room.post('/sandbox/phone/write', (request, reply) => {
        const find = finder();
        const input = inputOf(request.body);
        const message = chat.service.write(readWritten(input, { chat, find, serviceUrl: serviceUrl() }));
        return reply.code(201).send(messageView(message, find));
      });
      room.get('/sandbox/phone/settings', (_request, reply) => reply.send(chat.settings()));
      room.patch('/sandbox/phone/settings', (request, reply) => {
        chat.change(readPhoneSettings(inputOf(request.body)));
        return reply.send(chat.settings());
      });
      phoneConnecting(room, chat, { onConnections });
    },
    reset() {
      chat.clear();
      changed.clear();
      chat.change({ faults: [] });
    },
  };
}
