import type { Credentials } from '../chat-services/definition.js';
import type { Config } from '../config.js';
import { createSealer } from '../sealing.js';
import type { Step } from './step.js';
import type { AttemptRow, Channel } from './tables.js';

/** Seals what opens accounts of chat services, each text for its row alone. */
export interface Secrets {
  sealCredentials(channelId: string, credentials: Credentials): string;
  /** Undefined once they were erased. @throws SealedTextError */
  openCredentials(channel: Pick<Channel, 'id' | 'credentials'>): Credentials | undefined;
  sealStep(attemptId: string, step: Step): string;
  /** @throws SealedTextError */
  openStep(attempt: Pick<AttemptRow, 'id' | 'memory'>): Step | undefined;
}

export function createSecrets({ sealingKeys }: Pick<Config, 'sealingKeys'>): Secrets {
  const sealer = createSealer(sealingKeys);
  const ofChannel = (id: string): string => `channels.credentials ${id}`;
  const ofAttempt = (id: string): string => `connection_attempts.memory ${id}`;
  const open = (sealed: string | null, place: string): unknown =>
    sealed === null ? undefined : JSON.parse(sealer.open(sealed, place));
  return {
    sealCredentials: (channelId, credentials) =>
      sealer.seal(JSON.stringify(credentials), ofChannel(channelId)),
    openCredentials: ({ id, credentials }) => open(credentials, ofChannel(id)) as Credentials | undefined,
    sealStep: (attemptId, step) => sealer.seal(JSON.stringify(step), ofAttempt(attemptId)),
    openStep: ({ id, memory }) => open(memory, ofAttempt(id)) as Step | undefined,
  };
}
