/** A channel as support registers it (`platform/server.md §6.1`). */
export interface ChatChannel {
  readonly id: string;
  readonly code: string;
  readonly secret: string;
  readonly name: string;
  readonly client_uuid: string | null;
  /** With `:scope_id` in the path. */
  webhook_url: string;
  readonly bot: { readonly id: string; readonly client_id: string; readonly name: string };
  can_write_first: boolean;
  /** Hooks besides messages; support subscribes a channel to them. */
  readonly subscriptions: { readonly typing: boolean; readonly reactions: boolean };
  /** `{channel_id}_{amojo_id}` while the account is connected. */
  scope_id: string | null;
  title: string | null;
  is_time_window_disabled: boolean;
}

/** A client, a user, or a channel's bot, as the chats API tells of them. */
export interface ChatParticipant {
  /** In the chats API; of a user, `amojo_id`. */
  readonly id: string;
  /** In the integration; null for users of the account. */
  client_id: string | null;
  name: string;
  /** This and the next are empty when not told. */
  avatar: string;
  phone: string;
  email: string;
}

export interface Chat {
  readonly id: string;
  readonly scope_id: string;
  /** The integration's id of the conversation; null until a conversation that we began is answered. */
  conversation_id: string | null;
  source_external_id: string | null;
  contact_id: number | null;
  /** The client. */
  readonly user: ChatParticipant;
  /** Milliseconds; the hook about a manager who types comes at most every 5 s. */
  typing_hook_at: number | null;
}

export interface Talk {
  readonly talk_id: number;
  readonly chat_id: string;
  contact_id: number | null;
  entity_id: number | null;
  entity_type: 'lead' | 'customer' | null;
  readonly created_at: number;
  updated_at: number;
  is_in_work: boolean;
  is_read: boolean;
  rate: number;
  origin: string;
}

export interface ChatMessage {
  /** The platform's id. */
  readonly id: string;
  /** The integration's id, null for messages written in the account until it tells. */
  msgid: string | null;
  readonly chat_id: string;
  readonly talk_id: number | null;
  readonly is_incoming: boolean;
  readonly sender: ChatParticipant;
  /** Null for what a client wrote. */
  readonly receiver: ChatParticipant | null;
  /** `type`, `text`, `media`…: `message` of the chats API. */
  content: Readonly<Record<string, unknown>>;
  readonly created_at: number;
  readonly msec_timestamp: number;
  /** Emoji by the participant's id. */
  readonly reactions: Map<string, string>;
  delivery_status: number | null;
  delivery_error: string | null;
}

/** A template of chat messages (RU:crm_platform/chat-templates-api). */
export interface ChatTemplate {
  readonly id: number;
  readonly account_id: number;
  /** An integration sees only its own. */
  readonly client_uuid: string;
  name: string;
  content: string;
  is_editable: boolean;
  type: 'amocrm' | 'waba';
  buttons: readonly { readonly type: 'inline' | 'url'; readonly text: string; readonly url?: string }[];
  attachment: {
    readonly id: string;
    readonly name: string;
    readonly type: 'picture' | 'file' | 'document' | 'video';
    readonly is_external: boolean;
  } | null;
  external_id: string | null;
  readonly created_at: number;
  updated_at: number;
  waba_footer: string;
  waba_category: 'UTILITY' | 'AUTHENTICATION' | 'MARKETING' | '';
  waba_language: string;
  waba_examples: Readonly<Record<string, unknown>>;
  waba_header: string | null;
  waba_header_type: 'text' | 'media' | null;
  /** One for each source that it was sent to review for; none is a draft. */
  reviews: readonly ChatTemplateReview[];
}

export interface ChatTemplateReview {
  readonly id: number;
  readonly source_id: number;
  status: string;
  reject_reason: string;
}
