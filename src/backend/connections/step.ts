import type { Attempt, ConnectionPrompt } from '../../contract/connections-api.js';
import type { Memory } from '../chat-services/definition.js';
import type { AttemptRow } from './tables.js';

/** What an attempt keeps between its steps, sealed. */
export type Step =
  | {
      readonly method: 'oauth';
      readonly codeVerifier: string;
      /** Of the service's page. */
      readonly url: string;
      /** Of the account's page that waits for the end. */
      readonly origin: string;
      /** What that page alone knows, and no address holds. */
      readonly proof: string;
      /** What came back with the person, as the query of an address, until somebody has said that it is to be used. */
      readonly returned?: string;
    }
  | {
      readonly method: 'qr';
      /** Undefined while the service was not reached yet. */
      readonly memory: Memory | undefined;
      /** The newest code, as `data:` URL. */
      readonly image: string | null;
      /** Unix seconds. */
      readonly imageExpiresAt: number | null;
      /** How often in a row the service gave no answer that can be used. */
      readonly failures: number;
    };

/** What the person who has begun it may see of an attempt. */
export function toAttempt(row: AttemptRow, step: Step | undefined): Attempt {
  const { id, service, method, state, problem, detail, channelId } = row;
  return {
    id,
    service,
    method,
    state,
    prompt: state === 'waiting' ? promptOf(row, step) : null,
    problem,
    detail,
    channel_id: state === 'connected' ? channelId : null,
  };
}

function promptOf({ method }: AttemptRow, step: Step | undefined): ConnectionPrompt {
  if (method === 'api_key') return { kind: 'fields' };
  if (step?.method === 'oauth') return { kind: 'oauth', url: step.url, proof: step.proof };
  return {
    kind: 'qr',
    image: step?.method === 'qr' ? step.image : null,
    expires_at: step?.method === 'qr' ? step.imageExpiresAt : null,
  };
}
