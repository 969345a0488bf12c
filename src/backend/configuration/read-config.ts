import { createHash } from 'node:crypto';
import type {
  ChatsChannel,
  ChatServiceConfig,
  Client,
  Config,
  ConfigFault,
  ConfigResult,
  ConnectableConfig,
  Environment,
  SealingKey,
} from '../config.js';
import { findMisspelt } from './misspelt.js';
import { given, missing, readVariables } from './read-variables.js';
import type { Values, VariableName } from './variables.js';

/** Reads the configuration from the environment. Every fault is named at once, none shows a secret. */
export function readConfig(environment: Environment): ConfigResult {
  const { values, faults } = readVariables(environment);
  const reading = new Reading(environment, values, faults);
  const config = readAll(reading);
  const hints = findMisspelt(environment);
  return faults.length === 0 ? { ok: true, config, hints } : { ok: false, faults, hints };
}

/** What has been read so far, and what was wrong with it. */
class Reading {
  constructor(
    private readonly environment: Environment,
    readonly values: Partial<Values>,
    private readonly faults: ConfigFault[],
  ) {}

  /** The value of a variable that must be there, with a fault where it is not. */
  need<Name extends VariableName>(name: Name, why?: string): NonNullable<Values[Name]> {
    const value = this.values[name];
    if (value === undefined && !this.isSet(name)) this.faults.push(missing(name, why));
    // Whoever meets the undefined has a fault, so that the configuration is never used.
    return value as NonNullable<Values[Name]>;
  }

  /** Whether something was given, right or wrong. */
  isSet(name: VariableName): boolean {
    return given(this.environment, name) !== undefined;
  }

  refuse(name: VariableName, message: string): void {
    this.faults.push({ name, message });
  }
}

function readAll(reading: Reading): Config {
  const { values } = reading;
  // With its default, or wrong and a fault.
  const value = <Name extends VariableName>(name: Name): Values[Name] => values[name] as Values[Name];
  const publicUrl = reading.need('PUBLIC_URL');
  const requests = value('API_REQUESTS_PER_SECOND');
  const longLived = readLongLived(reading);
  return {
    publicUrl,
    host: value('HOST'),
    port: value('PORT'),
    databaseUrl: value('DATABASE_URL'),
    dataDir: value('DATA_DIR'),
    sealingKeys: withPrevious(reading, 'ENCRYPTION_KEY', 'ENCRYPTION_KEY_PREVIOUS', sealingKey),
    hookSecrets: withPrevious(reading, 'HOOK_SECRET', 'HOOK_SECRET_PREVIOUS', (secret) => secret),
    clients: readClients(reading),
    longLived,
    localAccounts: value('LOCAL_ACCOUNTS'),
    chatService: readChatService(reading),
    connectable: readConnectable(reading),
    chatsChannels: readChatsChannels(reading),
    oneTimeTokens: value('ONE_TIME_TOKENS'),
    apiRequestsPerSecond: requests === 0 ? Number.POSITIVE_INFINITY : requests,
    repeatMinutes: value('REPEAT_MINUTES'),
    attempts: value('ATTEMPTS'),
    retrySeconds: value('RETRY_SECONDS'),
    concurrency: value('CONCURRENCY'),
    leaseSeconds: value('LEASE_SECONDS'),
    retentionDays: value('RETENTION_DAYS'),
    shutdownSeconds: value('SHUTDOWN_SECONDS'),
    logLevel: value('LOG_LEVEL'),
    noteLanguage: value('NOTE_LANGUAGE'),
  };
}

/** A secret and the one before it. */
function withPrevious<Name extends VariableName, Item>(
  reading: Reading,
  name: Name,
  previousName: Name,
  make: (value: NonNullable<Values[Name]>) => Item,
): readonly [Item, ...Item[]] {
  const newest = reading.need(name);
  const previous = reading.values[previousName];
  const items = [newest, previous].filter((value) => value !== undefined);
  return items.map((value) => make(value)) as [Item, ...Item[]];
}

function sealingKey(key: Buffer): SealingKey {
  return { id: createHash('sha256').update(key).digest('hex').slice(0, 8), key };
}

function readClients(reading: Reading): Client[] {
  const clients = (['KOMMO', 'AMOCRM'] as const).flatMap((prefix): Client[] => {
    const names = [`${prefix}_CLIENT_ID`, `${prefix}_CLIENT_SECRET`] as const;
    const previous = `${prefix}_CLIENT_SECRET_PREVIOUS` as const;
    if (![...names, previous].some((name) => reading.isSet(name))) return [];
    const id = reading.need(names[0], `since ${names[1]} is set`);
    const secrets = withPrevious(reading, names[1], previous, (secret) => secret);
    return [{ platform: prefix === 'KOMMO' ? 'kommo' : 'amocrm', id, secrets }];
  });
  if (clients.length === 0 && !reading.isSet('KOMMO_LONG_LIVED_TOKEN')) {
    reading.need('KOMMO_CLIENT_ID', 'or KOMMO_LONG_LIVED_TOKEN in its place');
  }
  return clients;
}

function readLongLived(reading: Reading): Config['longLived'] {
  if (!reading.isSet('KOMMO_LONG_LIVED_TOKEN') && !reading.isSet('KOMMO_ACCOUNT')) return undefined;
  const token = reading.need('KOMMO_LONG_LIVED_TOKEN', 'since KOMMO_ACCOUNT is set');
  const origin = reading.need('KOMMO_ACCOUNT', 'since KOMMO_LONG_LIVED_TOKEN is set');
  // The port of a sandbox changes when its account is renamed.
  const hostname =
    (origin as string | undefined)?.startsWith('http:') === true ? new URL(origin).hostname : undefined;
  const local = (reading.values.LOCAL_ACCOUNTS ?? []).map((one) => new URL(one).hostname);
  if (hostname !== undefined && !local.includes(hostname)) {
    const message = `Expected the host of an account, as demo.kommo.com; got "${origin}". Name it in LOCAL_ACCOUNTS too when it is a sandbox.`;
    reading.refuse('KOMMO_ACCOUNT', message);
  }
  return { origin, token };
}

function readChatService(reading: Reading): ChatServiceConfig | undefined {
  const name = reading.values.CHAT_SERVICE;
  if (name === undefined) return undefined;
  const why = `since CHAT_SERVICE is ${name}`;
  if (name === 'demo') {
    return { name, url: reading.need('DEMO_URL', why), apiKey: reading.need('DEMO_API_KEY', why) };
  }
  return {
    name,
    accountSid: reading.need('TWILIO_ACCOUNT_SID', why),
    authToken: reading.need('TWILIO_AUTH_TOKEN', why),
    sender: readSender(reading, why),
    apiUrl: reading.values.TWILIO_API_URL as string,
  };
}

function readConnectable(reading: Reading): ConnectableConfig[] {
  return (reading.values.CONNECTABLE_SERVICES ?? []).map((name): ConnectableConfig => {
    const why = `since CONNECTABLE_SERVICES has ${name}`;
    switch (name) {
      case 'demo':
        return {
          name,
          url: reading.need('DEMO_URL', why),
          clientId: reading.need('DEMO_CLIENT_ID', why),
          clientSecret: reading.need('DEMO_CLIENT_SECRET', why),
        };
      case 'twilio':
        return { name, apiUrl: reading.values.TWILIO_API_URL as string };
      case 'waha':
        return { name, url: reading.need('WAHA_URL', why), apiKey: reading.need('WAHA_API_KEY', why) };
      case 'whatsapp-cloud':
        return {
          name,
          appId: reading.need('WHATSAPP_APP_ID', why),
          appSecret: reading.need('WHATSAPP_APP_SECRET', why),
          configId: reading.need('WHATSAPP_CONFIG_ID', why),
          verifyToken: reading.need('WHATSAPP_VERIFY_TOKEN', why),
          graphUrl: reading.values.WHATSAPP_GRAPH_URL as string,
          dialogUrl: reading.values.WHATSAPP_DIALOG_URL as string,
        };
    }
  });
}

function readChatsChannels(reading: Reading): ChatsChannel[] {
  return (['KOMMO', 'AMOCRM'] as const).flatMap((prefix): ChatsChannel[] => {
    const names = [`${prefix}_CHANNEL_ID`, `${prefix}_CHANNEL_SECRET`] as const;
    if (!names.some((name) => reading.isSet(name))) return [];
    const id = reading.need(names[0], `since ${names[1]} is set`);
    const secret = reading.need(names[1], `since ${names[0]} is set`);
    return [{ platform: prefix === 'KOMMO' ? 'kommo' : 'amocrm', id, secret }];
  });
}

function readSender(reading: Reading, why: string): { from: string } | { messagingServiceSid: string } {
  const service = reading.values.TWILIO_MESSAGING_SERVICE_SID;
  if (reading.isSet('TWILIO_MESSAGING_SERVICE_SID') && reading.isSet('TWILIO_FROM')) {
    const message = 'Expected either this or TWILIO_MESSAGING_SERVICE_SID; got both. Remove one of them.';
    reading.refuse('TWILIO_FROM', message);
  }
  if (service !== undefined) return { messagingServiceSid: service };
  if (reading.isSet('TWILIO_MESSAGING_SERVICE_SID')) return { messagingServiceSid: '' };
  return { from: reading.need('TWILIO_FROM', `or TWILIO_MESSAGING_SERVICE_SID, ${why}`) };
}
