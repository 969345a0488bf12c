import { keepChannels, registerChannel, type ChannelRequest } from '../account/chats/channel.js';
import { sendInstallHook } from '../account/oauth/install-hook.js';
import type { AccountContext } from '../account/context.js';
import type { Account } from '../account/state.js';
import type { RefusedWidget } from '../index.js';
import type { Switches } from '../wire.js';
import type { WidgetFiles } from '../account/widgets/upload.js';
import { hostWidget, type Hosted, type HostedWidget } from './hosted-widgets.js';
import type { SiteState } from './state.js';

export interface FurnitureOptions {
  readonly widgets: readonly HostedWidget[];
  readonly installed: boolean;
  readonly redirectUri: string;
  readonly switches: Partial<Pick<Switches, 'language' | 'flavour'>>;
  readonly chatsChannels: readonly ChannelRequest[];
}

/** What stands in the account beside its demo data: the widgets, and the chats channels of their integrations. */
export interface Furniture {
  /** Codes of the widgets by their place in the options; undefined for one that is refused. */
  readonly codes: readonly (string | undefined)[];
  readonly refused: readonly RefusedWidget[];
  putFirst(context: AccountContext): void;
  /** Puts in the widget at this place of the options, which was refused, with other files. */
  putLater(context: AccountContext, place: number, files: WidgetFiles): Hosted;
  /** Puts the widgets of the account before into a fresh one, those that a person has uploaded there too. */
  putAgain(context: AccountContext, before: Account): void;
  /**
   * Tells the integrations that were given from outside that they are installed, as the platform does once. True when
   * each of them is, and has answered with a success.
   */
  announce(context: AccountContext): Promise<boolean>;
}

export function createFurniture(
  site: SiteState,
  { widgets, installed, redirectUri, switches, chatsChannels }: FurnitureOptions,
): Furniture {
  const codes: (string | undefined)[] = widgets.map(() => undefined);
  const refused = new Map<number, RefusedWidget>();
  const put = (context: AccountContext, place: number, widget: HostedWidget): Hosted => {
    const hosted = hostWidget(context, widget, { installed, redirectUri });
    const { label } = widget;
    if (hosted.ok) {
      refused.delete(place);
      codes[place] = hosted.code;
      site.labels.set(hosted.code, label);
    } else {
      refused.set(place, { place, label, problems: hosted.problems });
    }
    return hosted;
  };
  return {
    codes,
    get refused() {
      return [...refused.values()];
    },
    putFirst(context) {
      const { account } = context;
      const user = account.users.get(account.current_user_id);
      if (user !== undefined && switches.language !== undefined) user.lang = switches.language;
      if (switches.flavour !== undefined) account.flavour = switches.flavour;
      for (const [place, widget] of widgets.entries()) put(context, place, widget);
      for (const channel of chatsChannels) registerChannel(context, channel);
    },
    putLater(context, place, files) {
      const widget = widgets[place];
      if (widget === undefined) throw new Error(`The sandbox was started without a widget ${place}.`);
      return put(context, place, { ...widget, files });
    },
    putAgain(context, before) {
      keepChannels(context.account, before);
      for (const { code, files, client_uuid } of before.widgets.values()) {
        // An integration is its developer's: a backend that knows its id and secret goes on working.
        const integration = before.integrations.get(client_uuid);
        const place = codes.indexOf(code);
        hostWidget(
          context,
          { ...widgets[place], files, code, label: integration?.name ?? code },
          { installed: installed && place >= 0, redirectUri, ...(integration && { integration }) },
        );
      }
    },
    async announce(context) {
      const { account } = context;
      let isTaken = true;
      for (const [place, widget] of widgets.entries()) {
        const hosted = account.widgets.get(codes[place] ?? '');
        const integration = account.integrations.get(hosted?.client_uuid ?? '');
        if (widget.integration === undefined) continue;
        const status =
          integration?.is_installed === true ? (await sendInstallHook(context, integration)).status : 0;
        isTaken &&= status >= 200 && status < 300;
      }
      return isTaken;
    },
  };
}
