import type { z } from 'zod';
import {
  account,
  address,
  anyText,
  databaseUrl,
  key,
  listOf,
  loopbackOrigins,
  matching,
  numberBetween,
  oneOf,
  origin,
} from './formats.js';

export interface Variable {
  readonly format: z.ZodType<unknown, string>;
  /** What a value must be; continues "Expected …". */
  readonly expected: string;
  /** What it is for, in sentences. */
  readonly help: string;
  /** What holds when it is not set. */
  readonly default?: string;
  /** Never shown. */
  readonly secret?: true;
  readonly example?: string;
}

const secretOfClient = {
  format: matching(/^\S{16,}$/),
  expected: 'the secret of the integration, at least 16 characters without spaces',
  secret: true,
} as const;

const clientId = {
  format: matching(/^[\w-]{8,64}$/),
  expected: 'the id of the integration, as 0a1b2c3d-4e5f-6789-abcd-ef0123456789',
} as const;

const chatsChannelId = {
  format: matching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  expected: 'the id of a chats channel, as f90ba33d-c9d9-44da-b76c-c349b0ecbe41',
} as const;

const chatsChannelSecret = {
  format: matching(/^[0-9a-f]{40}$/),
  expected: 'the secret of the chats channel, 40 hexadecimal digits',
  secret: true,
} as const;

const integrationPage = 'Its page under Settings → Integrations shows it.';

/** Every variable that the backend reads. `.env.example` and docs/backend.md show the same. */
export const variables = {
  PUBLIC_URL: {
    format: origin,
    expected: 'an https address without a path, as https://messages.example.com (http only on localhost)',
    help: 'Where Kommo and the chat service reach this backend.',
    example: 'https://messages.example.com',
  },
  HOST: {
    format: matching(/^[\w.:-]+$/),
    expected: 'a host name or an IP address to listen on',
    help: 'Address to listen on; 0.0.0.0 for all of the machine, as in a container.',
    default: '127.0.0.1',
  },
  PORT: {
    format: numberBetween(0, 65_535),
    expected: 'a port number from 0 to 65535',
    help: 'Port to listen on; 0 takes a free one.',
    default: '3000',
  },
  DATABASE_URL: {
    format: databaseUrl,
    expected: 'the address of a PostgreSQL database, as postgresql://user:password@host:5432/name',
    help: 'A database of PostgreSQL 13 or newer. Without it everything is kept in DATA_DIR, for one backend alone.',
    secret: true,
    example: 'postgresql://messenger:password@localhost:5432/messenger',
  },
  DATA_DIR: {
    format: anyText,
    expected: 'a folder',
    help: 'Folder for everything that is stored, without DATABASE_URL.',
    default: './data',
  },
  ENCRYPTION_KEY: {
    format: key,
    expected: '32 bytes as base64 or hex',
    help: 'Seals the tokens of the accounts in the store. Make one with: openssl rand -base64 32',
    secret: true,
  },
  ENCRYPTION_KEY_PREVIOUS: {
    format: key,
    expected: '32 bytes as base64 or hex',
    help: 'The key before, while it is being replaced: opens what it has sealed.',
    secret: true,
  },
  HOOK_SECRET: {
    format: matching(/^[\w~.-]{24,200}$/),
    expected: 'at least 24 letters, digits, hyphens or underscores',
    help: 'The part of the hooks’ addresses that nobody can guess. Make one with: openssl rand -hex 24',
    secret: true,
  },
  HOOK_SECRET_PREVIOUS: {
    format: matching(/^[\w~.-]{24,200}$/),
    expected: 'at least 24 letters, digits, hyphens or underscores',
    help: 'The secret before, while hooks still come to the old addresses.',
    secret: true,
  },
  KOMMO_CLIENT_ID: { ...clientId, help: `Integration ID of the integration in Kommo. ${integrationPage}` },
  KOMMO_CLIENT_SECRET: { ...secretOfClient, help: 'Secret key of the integration in Kommo.' },
  KOMMO_CLIENT_SECRET_PREVIOUS: {
    ...secretOfClient,
    help: 'The secret key before, while it is being replaced.',
  },
  AMOCRM_CLIENT_ID: { ...clientId, help: 'The same for an integration in amoCRM, where accounts are apart.' },
  AMOCRM_CLIENT_SECRET: { ...secretOfClient, help: 'Secret key of the integration in amoCRM.' },
  AMOCRM_CLIENT_SECRET_PREVIOUS: {
    ...secretOfClient,
    help: 'The secret key before, while it is being replaced.',
  },
  KOMMO_LONG_LIVED_TOKEN: {
    format: matching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    expected: 'the long-lived token that the integration’s page shows once',
    help: 'In place of OAuth, for a private integration in a single account.',
    secret: true,
  },
  KOMMO_ACCOUNT: {
    format: account,
    expected: 'the host of an account, as demo.kommo.com',
    help: 'The account of KOMMO_LONG_LIVED_TOKEN.',
    example: 'demo.kommo.com',
  },
  LOCAL_ACCOUNTS: {
    format: loopbackOrigins,
    expected: 'addresses on this machine, with commas between them, as http://localhost:4000',
    help: 'Sandboxes that count as accounts, for development.',
    default: '',
    example: 'http://localhost:4000',
  },
  CHAT_SERVICE: {
    format: oneOf('demo', 'twilio'),
    expected: 'demo or twilio',
    help: 'What sends for accounts that connect nothing themselves: demo (the phone in the sandbox) or twilio.',
    example: 'twilio',
  },
  DEMO_URL: {
    format: address,
    expected: 'an https address (http only on localhost)',
    help: 'Address of the demo service.',
    example: 'http://localhost:4000/demo-chat',
  },
  DEMO_API_KEY: {
    format: matching(/^\S+$/),
    expected: 'a key without spaces',
    help: 'Key of the demo service.',
    secret: true,
  },
  TWILIO_ACCOUNT_SID: {
    format: matching(/^AC[0-9a-fA-F]{32}$/),
    expected: 'AC and 32 hexadecimal digits',
    help: 'Account SID, from the first page of Twilio’s console.',
  },
  TWILIO_AUTH_TOKEN: {
    format: matching(/^\S{16,}$/),
    expected: 'the account’s auth token, at least 16 characters without spaces',
    help: 'Auth token, from the same page.',
    secret: true,
  },
  TWILIO_FROM: {
    format: matching(/^((whatsapp:)?\+[1-9]\d{6,14}|\d{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11})$/),
    expected: 'a number as +15550100, whatsapp:+15550100, a short code or a sender name',
    help: 'Number or name that the messages come from.',
    example: '+15550100',
  },
  TWILIO_MESSAGING_SERVICE_SID: {
    format: matching(/^MG[0-9a-fA-F]{32}$/),
    expected: 'MG and 32 hexadecimal digits',
    help: 'Messaging service that chooses the sender, in place of TWILIO_FROM.',
  },
  TWILIO_API_URL: {
    format: address,
    expected: 'an https address (http only on localhost)',
    help: 'Where Twilio’s API is.',
    default: 'https://api.twilio.com',
  },
  CONNECTABLE_SERVICES: {
    format: listOf('demo', 'twilio', 'waha', 'whatsapp-cloud'),
    expected: 'some of demo, twilio, waha and whatsapp-cloud, with commas between them',
    help: 'Chat services that administrators connect in the widget’s settings.',
    default: '',
    example: 'twilio,waha',
  },
  DEMO_CLIENT_ID: {
    format: matching(/^\S+$/),
    expected: 'the id of an app of the demo service, without spaces',
    help: 'Our app at the demo service, by which accounts connect it.',
  },
  DEMO_CLIENT_SECRET: {
    format: matching(/^\S{16,}$/),
    expected: 'the secret of that app, at least 16 characters without spaces',
    help: 'Its secret.',
    secret: true,
  },
  WAHA_URL: {
    format: address,
    expected: 'an https address (http only on localhost)',
    help: 'Address of your WhatsApp HTTP API server, in which every connected number is a session.',
    example: 'https://waha.example.com',
  },
  WAHA_API_KEY: {
    format: matching(/^\S{16,}$/),
    expected: 'the key of that server, at least 16 characters without spaces',
    help: 'Its API key.',
    secret: true,
  },
  WHATSAPP_APP_ID: {
    format: matching(/^\d{6,32}$/),
    expected: 'the id of an app at Meta, in digits',
    help: 'Your app at Meta, from its page at developers.facebook.com.',
  },
  WHATSAPP_APP_SECRET: {
    format: matching(/^[0-9a-f]{32}$/i),
    expected: 'the secret of that app, 32 hexadecimal digits',
    help: 'Its secret, from the same page.',
    secret: true,
  },
  WHATSAPP_CONFIG_ID: {
    format: matching(/^\d{6,32}$/),
    expected: 'the id of a configuration of Facebook Login for Business, in digits',
    help: 'Its configuration for WhatsApp Embedded Signup.',
  },
  WHATSAPP_VERIFY_TOKEN: {
    format: matching(/^\S{16,}$/),
    expected: 'at least 16 characters without spaces',
    help: 'What you enter as the verify token of the app’s webhook. Make one with: openssl rand -hex 24',
    secret: true,
  },
  WHATSAPP_GRAPH_URL: {
    format: address,
    expected: 'an https address (http only on localhost)',
    help: 'Where Meta’s Graph API is.',
    default: 'https://graph.facebook.com',
  },
  WHATSAPP_DIALOG_URL: {
    format: address,
    expected: 'an https address (http only on localhost)',
    help: 'Where Meta’s sign-in page is.',
    default: 'https://www.facebook.com',
  },
  KOMMO_CHANNEL_ID: {
    ...chatsChannelId,
    help: 'Id of your chats channel, which Kommo’s support registers. Without it, conversations stay out of the accounts.',
  },
  KOMMO_CHANNEL_SECRET: { ...chatsChannelSecret, help: 'Its secret.' },
  AMOCRM_CHANNEL_ID: { ...chatsChannelId, help: 'The same for amoCRM.' },
  AMOCRM_CHANNEL_SECRET: { ...chatsChannelSecret, help: 'Its secret.' },
  ONE_TIME_TOKENS: {
    format: oneOf('once', 'until_expiry'),
    expected: 'once or until_expiry',
    help: 'Whether a one-time token of Kommo changes settings once only, or as often as it comes until it expires.',
    default: 'once',
  },
  API_REQUESTS_PER_SECOND: {
    format: numberBetween(0, 10_000, { fraction: true }),
    expected: 'a number from 0 to 10000',
    help: 'Calls a second that one installation makes of Kommo’s API, all processes together; 0 lifts the limit.',
    default: '7',
  },
  REPEAT_MINUTES: {
    format: numberBetween(0, 525_600, { fraction: true }),
    expected: 'a number of minutes from 0 to 525600',
    help: 'Within this time the same text does not go to the same number again; 0 switches this off.',
    default: '10',
  },
  ATTEMPTS: {
    format: numberBetween(1, 100),
    expected: 'a whole number from 1 to 100',
    help: 'Attempts at an event before it is given up.',
    default: '10',
  },
  RETRY_SECONDS: {
    format: numberBetween(0.01, 86_400, { fraction: true }),
    expected: 'a number of seconds from 0.01 to 86400',
    help: 'Pause before the second attempt; each further one is about twice as long.',
    default: '5',
  },
  CONCURRENCY: {
    format: numberBetween(1, 1000),
    expected: 'a whole number from 1 to 1000',
    help: 'Leads and customers that one process works on at a time.',
    default: '64',
  },
  LEASE_SECONDS: {
    format: numberBetween(1, 3600, { fraction: true }),
    expected: 'a number of seconds from 1 to 3600',
    help: 'After this time another process goes on with the work of one that has died.',
    default: '30',
  },
  RETENTION_DAYS: {
    format: numberBetween(1, 3650),
    expected: 'a whole number of days from 1 to 3650',
    help: 'How long events, messages and webhooks are kept.',
    default: '90',
  },
  SHUTDOWN_SECONDS: {
    format: numberBetween(0, 600, { fraction: true }),
    expected: 'a number of seconds from 0 to 600',
    help: 'How long work in flight may take when the process is asked to stop.',
    default: '10',
  },
  LOG_LEVEL: {
    format: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    expected: 'fatal, error, warn, info, debug, trace or silent',
    help: 'How much is logged.',
    default: 'info',
  },
  NOTE_LANGUAGE: {
    format: oneOf('en', 'es', 'pt', 'tr', 'id', 'ru'),
    expected: 'en, es, pt, tr, id or ru',
    help: 'Language of the notes in the feed; without it that of the account’s country.',
    example: 'en',
  },
} satisfies Record<string, Variable>;

export type VariableName = keyof typeof variables;

/** What the variables are read as; undefined where one is not set and has no default. */
export type Values = {
  readonly [Name in VariableName]:
    | z.output<(typeof variables)[Name]['format']>
    | ((typeof variables)[Name] extends { default: string } ? never : undefined);
};
