import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Config } from '../../config.js';
import type { ChatMessage } from '../tables.js';

/** Signed links to what clients sent, for the account, which has no access data of the chat service. */
export interface MediaLinks {
  readonly linkOf: (message: Pick<ChatMessage, 'id'>) => string;
  readonly isSigned: (messageId: string, signature: string) => boolean;
}

/** The keys come from those that seal what is stored, and are good for nothing else. */
export function mediaLinks({
  publicUrl,
  sealingKeys,
}: Pick<Config, 'publicUrl' | 'sealingKeys'>): MediaLinks {
  const keys = sealingKeys.map(({ key }) => Buffer.from(hkdfSync('sha256', key, '', 'chat media links', 32)));
  const signatures = (messageId: string): string[] =>
    keys.map((key) => createHmac('sha256', key).update(messageId).digest('base64url'));
  return {
    linkOf: ({ id }) => `${publicUrl}/chat-media/${id}/${signatures(id)[0] ?? ''}`,
    isSigned(messageId, signature) {
      const given = Buffer.from(signature);
      return signatures(messageId)
        .map((expected) => Buffer.from(expected))
        .map((expected) => expected.length === given.length && timingSafeEqual(expected, given))
        .includes(true);
    },
  };
}
