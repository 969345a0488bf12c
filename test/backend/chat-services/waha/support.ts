import { randomUUID } from 'node:crypto';
import { definitionsOf } from '../../../../src/backend/chat-services/definitions.js';
import type {
  ChatServiceDefinition,
  ConnectedAccount,
  ConnectedService,
  QrMethod,
} from '../../../../src/backend/chat-services/definition.js';
import { wahaKey, type WahaServer } from '../../../support/waha-server.js';

/** WAHA at this address, as the registry has it. */
export function definitionAt({
  url,
  timeout,
  apiKey = wahaKey,
}: {
  url: string;
  timeout?: number;
  apiKey?: string;
}): ChatServiceDefinition & { readonly qr: QrMethod } {
  const options = timeout === undefined ? {} : { timeout };
  const definition = definitionsOf([{ name: 'waha', url, apiKey }], options).get('waha');
  if (definition?.qr === undefined) throw new Error('WAHA is not in the registry.');
  return { ...definition, qr: definition.qr };
}

/** Somebody connects a phone. */
export async function connect(
  server: WahaServer,
  { phone = '+15550999', name = 'Ours' } = {},
): Promise<ConnectedAccount> {
  const { qr } = definitionAt({ url: server.url });
  const memory = await qr.begin({ id: randomUUID() });
  server.scan(memory['session'] ?? '', phone, name);
  const polled = await qr.poll(memory);
  if (polled.state !== 'connected') throw new Error('The phone is not connected.');
  return polled.account;
}

/** A phone that somebody has connected. */
export async function open(
  server: WahaServer,
): Promise<{ service: ConnectedService; session: string; hmacKey: string }> {
  const { credentials } = await connect(server);
  const service = definitionAt({ url: server.url }).open(credentials);
  return { service, session: credentials['session'] ?? '', hmacKey: credentials['hmacKey'] ?? '' };
}
