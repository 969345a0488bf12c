import { z } from 'zod';

const text = z.string().max(100_000);
const id = z.string().min(1).max(200);
/** Fields that are of no use to us may be missing, null or anything. */
const optionalId = id.optional().catch(undefined);

const envelope = z.object({
  /** The account in the chats API. */
  account_id: id,
  /** Unix seconds at which the hook was made. */
  time: z.number().int().nonnegative(),
});

const written = z.object({
  receiver: z
    .object({ id: optionalId, phone: text.optional().catch(undefined) })
    .optional()
    .catch(undefined),
  conversation: z.object({ id, client_id: optionalId }),
  source: z.object({ external_id: optionalId }).optional().catch(undefined),
  timestamp: z.number().int().nonnegative().optional().catch(undefined),
  msec_timestamp: z.number().int().nonnegative().optional().catch(undefined),
  message: z.object({
    id,
    type: z.string().max(40).catch('text'),
    text: text.nullish().catch(undefined),
    media: text.nullish().catch(undefined),
    file_name: text.nullish().catch(undefined),
    file_size: z.number().int().nonnegative().nullish().catch(undefined),
  }),
});

const hookBody = z.union([
  envelope.extend({ message: written }),
  envelope.extend({ action: z.looseObject({}) }),
]);

/** A message that a user of the account, or its bot, has written (`platform/server.md §6.4`). */
export type WrittenMessage = z.infer<typeof written>;

export type ChatsHook = z.infer<typeof envelope> & {
  /** Undefined when somebody types or reacts. */
  readonly message?: WrittenMessage;
};

/** Undefined when it is no chats hook of version 2. */
export function readHook(body: Buffer): ChatsHook | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
  const read = hookBody.safeParse(value);
  return read.success ? read.data : undefined;
}
