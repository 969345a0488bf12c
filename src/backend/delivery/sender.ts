import type { ChatService } from '../chat-services/chat-service.js';

/** What messages go out through. */
export interface Sender {
  readonly service: ChatService;
  /** Null for the chat service of the configuration. */
  readonly channelId: string | null;
  /** Where the service is to report how far a message is. */
  statusUrl(messageId: string): string;
  /** The service does not let us in any more. */
  onRefused(): Promise<void>;
}

/** Through what the messages of an installation go. */
export interface Senders {
  /** Its default channel, else the chat service of the configuration; undefined when there is neither. */
  of(installationId: string): Promise<Sender | undefined>;
  /**
   * What a message has gone out through before, when it is not known whether it was taken: the one service that can
   * tell. It refuses everything when it is not in use any more.
   */
  again(message: { readonly channelId: string | null; readonly service: string }): Promise<Sender>;
  /** How the service is called in the note; of null what there is for accounts that have connected nothing. */
  titleOf(service: string | null): string | undefined;
}
