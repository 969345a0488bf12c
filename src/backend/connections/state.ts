import { eq } from 'drizzle-orm';
import {
  type ConnectableService,
  type ConnectionState,
  mostChannels,
} from '../../contract/connections-api.js';
import type { ChatServiceDefinition } from '../chat-services/definition.js';
import type { Database } from '../store/store.js';
import { channelsOf, toView } from './channels.js';
import { methodsOf } from './offered.js';
import { connectionVersions } from './tables.js';

/** What an account's page shows of its connections. */
export async function connectionState(
  db: Database,
  installationId: string,
  {
    definitions,
    canChange,
    pipelines,
  }: {
    definitions: ReadonlyMap<string, ChatServiceDefinition>;
    canChange: boolean;
    pipelines: ConnectionState['pipelines'];
  },
): Promise<ConnectionState> {
  const [row] = await db
    .select({ version: connectionVersions.version })
    .from(connectionVersions)
    .where(eq(connectionVersions.installationId, installationId));
  // After the version: what is newer than it is refused and read again, and never the other way round.
  const present = await channelsOf(db, installationId);
  return {
    services: [...definitions.values()].map(toService),
    channels: present.map(toView),
    pipelines,
    limit: mostChannels,
    version: row?.version ?? 0,
    can_change: canChange,
  };
}

function toService(definition: ChatServiceDefinition): ConnectableService {
  const { name, title, apiKey } = definition;
  return { name, title, methods: methodsOf(definition), fields: [...(apiKey?.fields ?? [])] };
}
