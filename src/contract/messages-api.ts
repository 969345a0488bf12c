import { z } from 'zod';
import { elementTypes } from '../kommo/elements.js';
import { messageReasons, messageStates } from './message-outcomes.js';

/** The most messages of one page; as many as the platform's own lists give. */
export const longestMessagePage = 250;

/** Query of `GET /messages`; every filter may be left out. */
export interface MessagesQuery {
  /** `2` leads, `12` customers. */
  readonly element_type?: 2 | 12;
  readonly element_id?: number;
  /** Several: repeated, or divided by commas. */
  readonly state?: readonly z.infer<typeof messageState>[];
  /** Unix seconds in which the message came to be, both inclusive. */
  readonly from?: number;
  readonly to?: number;
  /** `next_cursor` of the page before. */
  readonly cursor?: string;
  /** 1 to {@link longestMessagePage}; 50 unless given. */
  readonly limit?: number;
}

export const messageState = z.enum(messageStates);

/** What became of one recipient of one event. Times are Unix seconds. */
export const apiMessage = z.object({
  id: z.uuid(),
  /** The messages of one event have the same. */
  event_id: z.number(),
  element_type: z.union([z.literal(elementTypes.lead), z.literal(elementTypes.customer)]),
  element_id: z.number(),
  /** Null when there was nobody to write to. */
  contact: z.object({ id: z.number(), name: z.string().nullable() }).nullable(),
  /** E.164. */
  phone: z.string().nullable(),
  /** As it was sent, with its macros filled in. */
  text: z.string().nullable(),
  state: messageState,
  /** Why it was skipped or has failed. */
  reason: z.enum(messageReasons).nullable(),
  /** Name of the chat service. */
  service: z.string().nullable(),
  service_message_id: z.string().nullable(),
  /** The service's own code and words for a failure. */
  service_code: z.string().nullable(),
  service_detail: z.string().nullable(),
  created_at: z.number(),
  updated_at: z.number(),
});

/** Answer of `GET /messages`: the newest first. */
export const messagePage = z.object({
  messages: z.array(apiMessage),
  /** For the next page; null on the last. Messages that come in meanwhile neither repeat nor hide others. */
  next_cursor: z.string().nullable(),
});

export type ApiMessage = z.infer<typeof apiMessage>;
export type MessagePage = z.infer<typeof messagePage>;
