import type { Config } from '../config.js';

/**
 * Where a chat service reports how far a message is. The address names the message: a report can come before the
 * answer to the sending, or when that answer was lost, and finds it all the same.
 */
export function statusUrl(
  { publicUrl }: Pick<Config, 'publicUrl'>,
  { service, messageId }: { service: string; messageId: string },
): string {
  return `${publicUrl}/chat-services/${service}/status?message=${messageId}`;
}
