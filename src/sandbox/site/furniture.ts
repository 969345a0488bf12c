import type { AccountContext } from '../account/context.js';
import type { Account } from '../account/state.js';
import type { RefusedWidget } from '../index.js';
import type { Switches } from '../wire.js';
import { hostWidget, type HostedWidget } from './hosted-widgets.js';
import type { SiteState } from './state.js';

export interface FurnitureOptions {
  readonly widgets: readonly HostedWidget[];
  readonly installed: boolean;
  readonly redirectUri: string;
  readonly switches: Partial<Pick<Switches, 'language' | 'flavour'>>;
}

/** What stands in the account beside its demo data: the widgets. */
export interface Furniture {
  /** Codes of the widgets by their place in the options; undefined for one that was refused. */
  readonly codes: readonly (string | undefined)[];
  readonly refused: readonly RefusedWidget[];
  putFirst(context: AccountContext): void;
  /** Puts the widgets of the account before into a fresh one, those that a person has uploaded there too. */
  putAgain(context: AccountContext, before: Account): void;
}

export function createFurniture(
  site: SiteState,
  { widgets, installed, redirectUri, switches }: FurnitureOptions,
): Furniture {
  let codes: readonly (string | undefined)[] = [];
  const refused: RefusedWidget[] = [];
  return {
    get codes() {
      return codes;
    },
    refused,
    putFirst(context) {
      const { account } = context;
      const user = account.users.get(account.current_user_id);
      if (user !== undefined && switches.language !== undefined) user.lang = switches.language;
      if (switches.flavour !== undefined) account.flavour = switches.flavour;
      codes = widgets.map((widget) => {
        const hosted = hostWidget(context, widget, { installed, redirectUri });
        if (!hosted.ok) refused.push({ label: widget.label, problems: hosted.problems });
        else site.labels.set(hosted.code, widget.label);
        return hosted.ok ? hosted.code : undefined;
      });
    },
    putAgain(context, before) {
      for (const { code, files, client_uuid } of before.widgets.values()) {
        // An integration is its developer's: a backend that knows its id and secret goes on working.
        const integration = before.integrations.get(client_uuid);
        const isOurs = codes.includes(code);
        hostWidget(
          context,
          { files, code, label: integration?.name ?? code },
          { installed: installed && isOurs, redirectUri, ...(integration && { integration }) },
        );
      }
    },
  };
}
