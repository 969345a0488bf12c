import type { AccountContext } from '../context.js';
import type { Account } from '../state.js';
import type { TrafficEntry } from '../traffic.js';
import { flavourFacts } from '../oauth/flavour.js';
import { createCourier } from './courier.js';
import type { CourierOptions } from './courier.js';
import { watchDigitalPipeline } from './digital-pipeline.js';
import { watchWebhooks } from './webhooks.js';

/** What a person may switch while the account runs. */
export interface HookSwitches {
  /**
   * `once`: hooks of the digital pipeline are sent once and never again. `repeated`: up to four retries within an
   * hour. The sources differ (`platform/server.md §3.5`).
   */
  digitalPipeline: 'once' | 'repeated';
  /** Every hook goes out twice at the same moment, as receivers must be able to bear. */
  sendTwice: boolean;
}

export interface Hooks {
  readonly switches: HookSwitches;
  /** Sends a hook of the traffic log once more, byte for byte, without retries. */
  sendAgain(entry: TrafficEntry): Promise<void>;
  /** Settles when no hook is on its way; delays and retries that wait do not count. */
  idle(): Promise<void>;
  /** Sends nothing more, and settles when the last hook on its way is answered. */
  close(): Promise<void>;
}

export interface HooksOptions extends Omit<CourierOptions, 'isSentTwice'> {
  readonly switches?: Partial<HookSwitches>;
  /** `account[_links][self]` of hooks. Default `https://<subdomain>.kommo.com`, or `.amocrm.ru`. */
  readonly address?: (account: Account) => string;
}

/**
 * Sends hooks to the outside on what the context's bus tells: digital pipeline, general webhooks
 * (`platform/server.md §3`, `§4`). Chats hooks and salesbot's requests are not among them. Every attempt is written
 * to the context's traffic log.
 */
export function startHooks(context: AccountContext, options: HooksOptions = {}): Hooks {
  const switches: HookSwitches = { digitalPipeline: 'once', sendTwice: false, ...options.switches };
  const { address = addressOf } = options;
  const courier = createCourier(context, { ...options, isSentTwice: () => switches.sendTwice });
  // The digital pipeline first: its hooks are the ones that a widget's author waits for.
  const stops = [
    watchDigitalPipeline(context, courier, {
      isRepeated: () => switches.digitalPipeline === 'repeated',
      address,
    }),
    watchWebhooks(context, courier, { address }),
  ];
  return {
    switches,
    sendAgain: (entry) => courier.repost(entry),
    idle: () => courier.idle(),
    async close() {
      for (const stop of stops) stop();
      await courier.close();
    },
  };
}

function addressOf({ subdomain, flavour }: Account): string {
  return `https://${subdomain}.${flavourFacts[flavour].base_domain}`;
}
