import { z } from 'zod';

/** The most channels of one account. */
export const mostChannels = 50;

/** How an account of a chat service is connected. */
export const connectionMethods = ['oauth', 'qr', 'api_key'] as const;

export type ConnectionMethod = (typeof connectionMethods)[number];

/**
 * What a field of the method `api_key` asks for: the widget has a label for each in every language, so that a service
 * can be added without new words.
 */
export const fieldLabels = ['account_id', 'secret', 'api_key', 'sender', 'address'] as const;

/** Why an attempt came to nothing; the widget has a sentence for each. */
export const connectionProblems = [
  /** The person did not agree at the service. */
  'declined',
  /** The service does not take the id or the secret. */
  'wrong_credentials',
  /** The service did not answer, or with something that is none of its answers. */
  'service_unavailable',
  /** The attempt was not finished in time, or was given up. */
  'expired',
  /** There are {@link mostChannels} channels already. */
  'limit_reached',
  /** It was to connect a channel again, and another account of the service was chosen. */
  'other_account',
  /** The account of the service has nothing that messages could come from: no number, no sender. */
  'no_sender',
] as const;

export type ConnectionProblem = (typeof connectionProblems)[number];

export const connectionField = z.object({
  /** As in `fields` of {@link fieldsRequest}. */
  name: z.string(),
  label: z.enum(fieldLabels),
  /** Masked, and never sent back. */
  is_secret: z.boolean(),
  is_required: z.boolean(),
  /** What a value looks like; the same in every language. */
  example: z.string().nullable(),
});

/** A chat service that accounts may connect. */
export const connectableService = z.object({
  name: z.string(),
  /** For a person, the same in every language: `Twilio`. */
  title: z.string(),
  /** Never empty; the usual one first. */
  methods: z.array(z.enum(connectionMethods)),
  /** Of the method `api_key`; empty without it. */
  fields: z.array(connectionField),
});

/** A connected account of a chat service. */
export const channel = z.object({
  id: z.uuid(),
  /** Name of the service. */
  service: z.string(),
  method: z.enum(connectionMethods),
  /** As the service calls the account. */
  name: z.string(),
  /** E.164; null when the service has none for it. */
  phone: z.string().nullable(),
  /** `disconnected`: the service does not let us in any more, somebody has to connect it again. */
  state: z.enum(['connected', 'disconnected']),
  /** Pipeline in which conversations that begin there become incoming leads; null: the account's main one. */
  pipeline_id: z.number().nullable(),
  /** Whether messages of the digital pipeline go out through it. */
  is_default: z.boolean(),
  /** Whether it is among the saved ones; one that is not neither sends nor receives. */
  is_saved: z.boolean(),
});

/** Answer of `GET /connections`, and of every call that changes what it tells. */
export const connectionState = z.object({
  services: z.array(connectableService),
  /** The oldest first. */
  channels: z.array(channel),
  /** The account's pipelines, in its order; null when the account could not be asked. */
  pipelines: z.array(z.object({ id: z.number(), name: z.string() })).nullable(),
  limit: z.number(),
  /** Goes up with every change, so that a page sees that another one was quicker. */
  version: z.number(),
  /** Whether the caller may change anything: an administrator. */
  can_change: z.boolean(),
});

/** `POST /connections/attempts` */
export const attemptRequest = z.object({
  service: z.string().max(40),
  method: z.enum(connectionMethods),
  /** A channel that is to be connected again. */
  channel_id: z.uuid().optional(),
});

/** What the person has to do next. Times are Unix seconds. */
export const connectionPrompt = z.discriminatedUnion('kind', [
  /** Open this page of the service in a window, and keep the proof for {@link connectionQuestion}. */
  z.object({ kind: z.literal('oauth'), url: z.url(), proof: z.string() }),
  /** Scan this code: a `data:` URL of a picture. Null while the service makes one. */
  z.object({
    kind: z.literal('qr'),
    image: z.string().startsWith('data:image/').nullable(),
    /** From then on another code is good. */
    expires_at: z.number().nullable(),
  }),
  /** Fill in the fields of the service. */
  z.object({ kind: z.literal('fields') }),
]);

/** Answer of everything below `/connections/attempts`. */
export const attempt = z.object({
  id: z.uuid(),
  service: z.string(),
  method: z.enum(connectionMethods),
  state: z.enum(['waiting', 'connected', 'failed']),
  /** While it waits. */
  prompt: connectionPrompt.nullable(),
  /** Why it has failed. */
  problem: z.enum(connectionProblems).nullable(),
  /** The service's own words about it. */
  detail: z.string().nullable(),
  /** What it has connected. */
  channel_id: z.uuid().nullable(),
});

/** `POST /connections/attempts/:id/fields`; names as in {@link connectionField}. */
export const fieldsRequest = z.object({ fields: z.record(z.string().max(40), z.string().max(2000)) });

/**
 * `PUT /connections/settings`: the channels that are used from now on. A channel that is not in the list is not saved
 * any more. Exactly one is the default.
 */
export const settingsRequest = z.object({
  version: z.number().int().nonnegative(),
  channels: z
    .array(z.object({ id: z.uuid(), pipeline_id: z.number().int().positive().nullable() }))
    .min(1)
    .max(mostChannels),
  default_channel_id: z.uuid(),
});

/** Codes of the refusals of this API, beside those of every call (`src/contract/api-error.ts`). */
export const connectionErrorCodes = [
  /** 403: only administrators change the settings. */
  'not_admin',
  /** 401: the one-time token has changed something already. */
  'token_used',
  /** 404 */
  'unknown_service',
  'unknown_channel',
  'unknown_attempt',
  /** 409: the attempt has ended. */
  'attempt_ended',
  /** 409: there are {@link mostChannels} channels. */
  'limit_reached',
  /** 409: the settings were changed elsewhere since `version`; read them again. */
  'changed_elsewhere',
  /** 422: a channel of the request is disconnected; connect it again. */
  'channel_disconnected',
  /** 422: a pipeline of the request is not in the account. */
  'unknown_pipeline',
  /** 502: the account could not be asked. */
  'kommo_unavailable',
] as const;

/**
 * What the backend's page after the consent asks the window that opened it (`postMessage`), from the backend's origin:
 * whether it has begun this attempt. Without an answer the page asks the person.
 */
export const connectionQuestion = z.object({
  type: z.literal('pipeline-messenger:connection-question'),
  attempt_id: z.uuid(),
});

/** The answer, to the backend's origin alone: the proof of the attempt's prompt. */
export const connectionProof = z.object({
  type: z.literal('pipeline-messenger:connection-proof'),
  attempt_id: z.uuid(),
  proof: z.string(),
});

/**
 * What the backend's last page posts to the window that opened it, from the backend's origin. Asking for the attempt
 * tells the same.
 */
export const connectionMessage = z.object({
  type: z.literal('pipeline-messenger:connection'),
  attempt_id: z.uuid(),
  state: z.enum(['connected', 'failed']),
});

export type Attempt = z.infer<typeof attempt>;
export type AttemptRequest = z.infer<typeof attemptRequest>;
export type Channel = z.infer<typeof channel>;
export type ConnectableService = z.infer<typeof connectableService>;
export type ConnectionField = z.infer<typeof connectionField>;
export type ConnectionMessage = z.infer<typeof connectionMessage>;
export type ConnectionProof = z.infer<typeof connectionProof>;
export type ConnectionQuestion = z.infer<typeof connectionQuestion>;
export type ConnectionPrompt = z.infer<typeof connectionPrompt>;
export type ConnectionState = z.infer<typeof connectionState>;
export type SettingsRequest = z.infer<typeof settingsRequest>;
