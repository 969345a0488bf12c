import { isSame } from './accesses.js';
import type { DemoApp } from './accounts.js';
import { ServiceRefusal } from './refusal.js';

/** The apps that the service knows. */
export interface Apps {
  all(): DemoApp[];
  find(clientId: string): DemoApp | undefined;
  /** Takes the place of the app with the same id. */
  put(app: DemoApp): void;
  /** @throws ServiceRefusal 401 */
  require(clientId: string | undefined, clientSecret: string | undefined): DemoApp;
}

export function createApps(initial: readonly DemoApp[]): Apps {
  const known = new Map(initial.map((app) => [app.clientId, app]));
  return {
    all: () => [...known.values()],
    find: (clientId) => known.get(clientId),
    put(app) {
      known.set(app.clientId, app);
    },
    require(clientId = '', clientSecret = '') {
      const app = known.get(clientId);
      if (app !== undefined && isSame(clientSecret, app.clientSecret)) return app;
      throw new ServiceRefusal('invalid_client', 'The client id and secret of an app were expected.');
    },
  };
}

/** Id and secret of the header `Authorization: Basic`. */
export function readBasic(header: string | undefined): { id?: string; secret?: string } {
  const [, encoded] = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header ?? '') ?? [];
  if (encoded === undefined) return {};
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? {} : { id: text.slice(0, colon), secret: text.slice(colon + 1) };
}
