import { createAccountServer, type AccountServer } from './account/server.js';
import {
  uploadWidget,
  type Uploaded,
  type UploadProblem,
  type WidgetFiles,
} from './account/widgets/upload.js';
import type { ChannelRequest } from './account/chats/channel.js';
import type { Clock } from './account/context.js';
import type { DemoAccount, DemoApp, DemoChatOptions } from './chat-service/index.js';
import { doors } from './site/doors.js';
import { bundleHost, hostFiles, type HostFiles } from './site/host-files.js';
import { createFurniture } from './site/furniture.js';
import type { Hosted, HostedWidget } from './site/hosted-widgets.js';
import { instrumentFiles } from './site/instrument.js';
import { libraryFiles } from './site/libraries.js';
import { pages } from './site/page.js';
import { createPhone } from './site/phone.js';
import { phonePage } from './site/phone-page.js';
import { createReportStore, type ReportStore } from './site/report.js';
import { session } from './site/session.js';
import { openPageSocket, type PageSocket } from './site/socket.js';
import type { SiteState } from './site/state.js';
import type { Faults, SocketMessage, Switches } from './wire.js';

export { bundleHost };
export type { ChannelRequest, DemoAccount, DemoApp, DemoChatOptions, HostedWidget };
export type { ErrorView, ReportEntry } from './wire.js';

export interface SandboxOptions {
  readonly widgets: readonly HostedWidget[];
  /** Any free port unless given. */
  readonly port?: number;
  /** Whether the widgets are installed and switched on from the start. Default true. */
  readonly installed?: boolean;
  readonly switches?: Partial<Pick<Switches, 'language' | 'theme' | 'revision' | 'flavour'>>;
  readonly faults?: Partial<Faults>;
  /** Where the integrations take their hooks; by default nothing listens there. */
  readonly redirectUri?: string;
  /** Reads a zip that was uploaded in Settings → Integrations; without it such uploads are refused. */
  readonly readArchive?: ReadArchive;
  /** The API's limit; Infinity lifts it for load tests. */
  readonly requestsPerSecond?: number;
  readonly clock?: Clock;
  /**
   * Whether loops of widgets that do not end are stopped; their scripts are then served with a guard in every
   * loop, so not byte for byte as they are in the archive. Default true.
   */
  readonly loopGuard?: boolean;
  readonly demoChat?: DemoChatOptions;
  /** Channels that support has registered in the chats API before the account begins. */
  readonly chatsChannels?: readonly ChannelRequest[];
  /** The host's files where several sandboxes share them; by default each bundles its own. */
  readonly hostFiles?: Promise<HostFiles>;
}

/** The files of a zip by their path, or why it cannot be read, a sentence each. */
export type ReadArchive = (
  zip: Uint8Array,
) => Promise<
  | { readonly ok: true; readonly files: WidgetFiles }
  | { readonly ok: false; readonly problems: readonly string[] }
>;

export interface RefusedWidget {
  /** Of the widget in the options. */
  readonly place: number;
  readonly label: string;
  readonly problems: readonly UploadProblem[];
}

export interface Sandbox {
  /** Origin, `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly server: AccountServer;
  /** Codes of the widgets by their place in the options; undefined for one that is refused. */
  readonly codes: readonly (string | undefined)[];
  readonly refused: readonly RefusedWidget[];
  readonly report: ReportStore;
  /** The chat service that delivers to the phone in the bar. */
  readonly demoChat: {
    readonly url: string;
    /** Opens the first account. */
    readonly apiKey: string;
    readonly accounts: readonly DemoAccount[];
  };
  /** Puts new files in place of a widget's and lets open pages show them. */
  replace(code: string, files: WidgetFiles): Uploaded;
  /**
   * New files of the widget at this place of the options. One that was refused so far comes into the account as it
   * would have at the start.
   */
  renew(place: number, files: WidgetFiles): Hosted;
  /** Shows what is wrong with the newest files, a line each; an empty list takes it away. */
  buildFailed(faults: readonly string[]): void;
  /**
   * Sends the install hook of widgets that came with an `integration`, for a backend that was not there when they were
   * installed. True when each of those widgets is installed, and its backend has answered with a success; it has three
   * seconds for that.
   */
  announceInstallations(): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * Starts a Kommo account with these widgets on 127.0.0.1: its pages, its interfaces and the sandbox's bar.
 * Rejects with Node's `EADDRINUSE` when the port is taken.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { widgets, installed = true, switches = {}, redirectUri = 'http://127.0.0.1:9/oauth' } = options;
  const { loopGuard = true } = options;
  const sockets: PageSocket[] = [];
  const site: SiteState = {
    theme: switches.theme ?? 'light',
    revision: switches.revision ?? 2,
    labels: new Map(),
    buildFaults: [],
    tell(message) {
      for (const socket of sockets) socket.send(message);
    },
  };
  const report = createReportStore((entries) => {
    site.tell({ kind: 'report', entries });
  });
  const files = options.hostFiles ?? bundleHost();
  // Whoever asks first gets the error; until then it is nobody's.
  files.catch(() => undefined);

  const furniture = createFurniture(site, {
    widgets,
    installed,
    redirectUri,
    switches,
    chatsChannels: options.chatsChannels ?? [],
  });
  const phone = createPhone(site, options.demoChat ?? {}, options.clock);
  const built = doors(site, report, {
    phone,
    furniture,
    faults: options.faults ?? {},
    redirectUri,
    readArchive: options.readArchive,
  });
  const server = await createAccountServer({
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.requestsPerSecond === undefined ? {} : { requestsPerSecond: options.requestsPerSecond }),
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    ...(loopGuard && { serveFile: instrumentFiles() }),
    extend(app, context) {
      built.extend(app, context);
      session(app, context, site);
      libraryFiles(app);
      hostFiles(app, () => files);
      pages(app, { loopGuard });
      phonePage(app, () => files);
      app.addHook('onReady', (done) => {
        furniture.putFirst(context);
        done();
      });
    },
  });
  built.started(server);
  const greet = (): SocketMessage[] => [{ kind: 'build', faults: site.buildFaults }];
  sockets.push(openPageSocket(server.http, { greet }));

  const replace = (code: string, newFiles: WidgetFiles): Uploaded => {
    const { account } = server.context;
    const integration = account.integrations.get(account.widgets.get(code)?.client_uuid ?? '');
    if (integration === undefined) throw new Error(`The sandbox has no widget ${code}.`);
    const uploaded = uploadWidget(server.context, integration, newFiles, { sameVersion: true });
    if (uploaded.ok) site.tell({ kind: 'rebuilt', codes: [code] });
    return uploaded;
  };

  return {
    url: server.url,
    server,
    codes: furniture.codes,
    get refused() {
      return furniture.refused;
    },
    report,
    demoChat: { url: `${server.url}/demo-chat`, apiKey: phone.chat.apiKey, accounts: phone.chat.accounts },
    replace,
    renew(place, newFiles) {
      const code = furniture.codes[place];
      if (code !== undefined) {
        const uploaded = replace(code, newFiles);
        return uploaded.ok ? { ok: true, code } : uploaded;
      }
      const hosted = furniture.putLater(server.context, place, newFiles);
      if (hosted.ok) site.tell({ kind: 'rebuilt', codes: [hosted.code] });
      return hosted;
    },
    buildFailed(faults) {
      site.buildFaults = faults;
      site.tell({ kind: 'build', faults });
    },
    announceInstallations: () => furniture.announce(server.context),
    async close() {
      for (const socket of sockets) socket.close();
      await server.close();
    },
  };
}
