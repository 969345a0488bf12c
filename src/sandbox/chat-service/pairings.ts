import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../account/context.js';
import type { Access, Accesses } from './accesses.js';
import type { DemoAccount, DemoApp } from './accounts.js';
import { ServiceRefusal } from './refusal.js';

/** An app's wish to be connected with whoever scans its code. */
export interface Pairing {
  readonly id: string;
  readonly app: DemoApp;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** When it ends. */
  readonly until: number;
  /** Whoever scanned the code gave it. */
  access: Access | undefined;
}

export type PairingState =
  | { readonly state: 'waiting'; readonly code: string; readonly expiresAt: number }
  | { readonly state: 'connected'; readonly access: Access }
  | { readonly state: 'expired' };

export interface Pairings {
  begin(app: DemoApp): Pairing;
  /** Another app's is not found. */
  find(id: string, app: DemoApp): Pairing | undefined;
  stateOf(pairing: Pairing): PairingState;
  cancel(pairing: Pairing): void;
  /** Those whose code can be scanned now, newest first. */
  waiting(): Pairing[];
  /** @throws ServiceRefusal 404 when no pairing that waits has this code or id now */
  scan(what: { readonly code: string } | { readonly pairing: string }, as: DemoAccount): Access;
  clear(): void;
}

/** A code is good for so long, and a pairing as a whole; milliseconds. */
const codeMs = 20_000;
const pairingMs = 180_000;
/** How long what became of a pairing can be asked. */
const keptMs = 600_000;

export function createPairings(
  accesses: Accesses,
  { clock, onChange }: { readonly clock: Clock; readonly onChange: () => void },
): Pairings {
  const known = new Map<string, Pairing>();
  const secret = randomBytes(32);

  const stateOf = ({ id, at, until, access }: Pairing): PairingState => {
    if (access !== undefined) return { state: 'connected', access };
    const now = clock.now();
    if (now >= until || !known.has(id)) return { state: 'expired' };
    const turn = Math.floor((now - at) / codeMs);
    const code = createHmac('sha256', secret).update(`${id} ${turn}`).digest('base64url');
    return { state: 'waiting', code: `DEMO-CHAT:${code}`, expiresAt: at + (turn + 1) * codeMs };
  };
  const waiting = (): Pairing[] =>
    [...known.values()].filter((one) => stateOf(one).state === 'waiting').reverse();

  return {
    begin(app) {
      const now = clock.now();
      for (const { id, at } of known.values()) if (now - at > keptMs) known.delete(id);
      const pairing: Pairing = { id: randomUUID(), app, at: now, until: now + pairingMs, access: undefined };
      known.set(pairing.id, pairing);
      onChange();
      return pairing;
    },
    find(id, app) {
      const pairing = known.get(id);
      return pairing?.app.clientId === app.clientId ? pairing : undefined;
    },
    stateOf,
    cancel({ id }) {
      known.delete(id);
      onChange();
    },
    waiting,
    scan(what, as) {
      const found = waiting().find((one) => {
        const state = stateOf(one);
        return 'code' in what
          ? state.state === 'waiting' && state.code === what.code
          : one.id === what.pairing;
      });
      if (found === undefined) {
        throw new ServiceRefusal(
          'not_found',
          'This code is no good any more. Scan the one that is shown now.',
        );
      }
      found.access = accesses.give(as, found.app, clock.now());
      onChange();
      return found.access;
    },
    clear() {
      known.clear();
      onChange();
    },
  };
}
