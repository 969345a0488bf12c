/** What the sandbox's server and its page tell each other. Types only: both sides read them. */
import type { AccountEventName } from './account/bus.js';
import type {
  Account,
  BotRun,
  CustomerStatus,
  DpTrigger,
  EntityType,
  Flavour,
  InstallStatus,
  Integration,
  Pipeline,
  Salesbot,
  TaskType,
  User,
  UserGroup,
} from './account/state.js';
import type { TrafficEntry } from './account/traffic.js';
import type { PhoneSocketMessage } from './phone-wire.js';

/** What a person sets in the sandbox's bar. It belongs to the sandbox, so every open page shows the same. */
export interface Switches {
  /** Of the signed-in user: `en`, `es`, `pt`, `tr`, `id`, `ru`. */
  language: string;
  user_id: number;
  theme: 'light' | 'dark';
  /** Of the markup of the digital pipeline: 2 has the `.form-group` classes of `platform/widget.md §5.2`. */
  revision: 1 | 2;
  flavour: Flavour;
}

/** What goes wrong on purpose at the account's interfaces. */
export interface Faults {
  /** Each call to the API waits this many milliseconds. */
  slow_ms: number;
  /** Each call to the API is answered with it. */
  status: 429 | 402 | 403 | 500 | null;
  /** Each connection to the API is cut without an answer. */
  drop: boolean;
  /** Every hook goes out twice at the same moment. */
  send_twice: boolean;
  /** `repeated`: hooks of the digital pipeline are sent again after a bad answer (`platform/server.md §3.5`). */
  digital_pipeline: 'once' | 'repeated';
  /** Whether hooks may go to other machines; otherwise they are only written to the traffic. */
  outside: boolean;
  /** A page gets the same one-time token for 25 minutes instead of a fresh one each time (`platform/server.md §12`). */
  token_cache: boolean;
}

/** An uploaded widget, as pages need it before it is loaded. */
export interface SessionWidget {
  readonly id: number;
  readonly code: string;
  readonly version: string;
  /** The folder or zip that it came from, as its author named it. */
  readonly label: string;
  /** Address of its files without a slash at the end. */
  readonly path: string;
  readonly status: InstallStatus;
  readonly is_active: boolean;
  /** Saved fields of its settings. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** As it was uploaded: whatever its author wrote there. */
  readonly manifest: Readonly<Record<string, unknown>>;
  /** Paths of its files in the archive, so that a page asks for no picture that is not there. */
  readonly files: readonly string[];
  readonly client_uuid: string;
  /** Language of its words for the signed-in user, and those words. */
  readonly language: string;
  readonly words: unknown;
}

/** Everything that a page knows without asking again: who is signed in, where, and which widgets there are. */
export interface Session {
  readonly account: Pick<
    Account,
    | 'id'
    | 'uuid'
    | 'amojo_id'
    | 'name'
    | 'subdomain'
    | 'country'
    | 'currency'
    | 'currency_symbol'
    | 'timezone'
    | 'language'
    | 'customers_mode'
    | 'flavour'
  >;
  readonly user: User;
  readonly users: readonly User[];
  readonly groups: readonly UserGroup[];
  readonly task_types: readonly TaskType[];
  readonly pipelines: readonly Pipeline[];
  readonly customer_statuses: readonly CustomerStatus[];
  readonly switches: Switches;
  readonly languages: readonly string[];
  readonly widgets: readonly SessionWidget[];
}

/** A trigger of the digital pipeline as pages read and write it, under `/sandbox/triggers`. */
export type Trigger = DpTrigger;

/** Something from outside that a person lets happen to a lead or a customer. */
export interface Happening {
  readonly event: 'mail_in' | 'call_in' | 'site_visit' | 'chat';
  /** 2 lead, 12 customer. */
  readonly element_type: 2 | 12;
  readonly id: number;
}

/** A call of the traffic log; numbers rise and never come again. */
export interface NumberedTraffic extends TrafficEntry {
  readonly number: number;
}

export interface ErrorView {
  readonly message: string;
  /** Frames as the browser prints them; empty where it has none. */
  readonly stack: string;
}

/** What can be seen at run time of `platform/widget.md §8` and `§10`, 8. */
export const breachKinds = [
  'console',
  'handler',
  'node',
  'timer',
  'global-style',
  'app-write',
  'script-tag',
  'foreign-host',
  'global',
  'host-node-removed',
  'jquery-replaced',
] as const;
export type BreachKind = (typeof breachKinds)[number];

/** Entries that a page sends to the report at once, at most. */
export const reportBatch = 1_000;

interface Reported {
  /** Code of the widget; null when it is not known whose it is. */
  readonly widget: string | null;
  /** Area of the page at that time, as `APP.getWidgetsArea()` gives it, or the loader's area in settings. */
  readonly area: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** One thing that a widget did, or that happened to it. */
export type ReportEntry = Reported &
  (
    | { readonly kind: 'loaded' }
    /** The platform would have started it, but it is not there; the reason is a sentence. */
    | { readonly kind: 'dropped'; readonly reason: string; readonly error: ErrorView | null }
    | {
        readonly kind: 'callback';
        readonly name: string;
        /** A short text of the returned value; `Promise → …` when it was one. */
        readonly returned: string;
        readonly ms: number;
        readonly error: ErrorView | null;
      }
    /** What its developer would want to know and what is no error, such as a callback that a location needs; a sentence. */
    | { readonly kind: 'note'; readonly text: string }
    /** Nobody caught it: an event handler, a timer, a promise. */
    | { readonly kind: 'exception'; readonly error: ErrorView }
    | { readonly kind: 'breach'; readonly breach: BreachKind; readonly detail: string }
  );

/** An integration as `/sandbox/integrations` shows it to its developer, secrets and all. */
export type IntegrationView = Integration;

/** A bot as `/sandbox/bots` shows it; `PUT` and `POST` take its name and its steps, also as JSON text. */
export type BotView = Salesbot;

/** A run as `/sandbox/bots/:id/runs` shows it, newest first. */
export type BotRunView = BotRun;

/**
 * Beside what the account itself tells: what is set up in the pages. The id is the trigger's, the bot's; null for an
 * integration.
 */
export type ChangeName = AccountEventName | 'trigger_changed' | 'bot_changed' | 'integration_changed';

/**
 * What changed in the account, so that open pages can show it. Type and id are those of the card that it belongs to,
 * for notes, tasks, talks and messages too; null where there is none.
 */
export interface AccountChange {
  readonly event: ChangeName;
  readonly type: EntityType | null;
  readonly id: number | null;
}

/** A chat of a lead, a customer or a contact, as its card shows it. */
export interface ChatView {
  readonly id: string;
  /** As the account calls the channel that it came through. */
  readonly channel: string;
  /** Name of its source; null when it has none. */
  readonly source: string | null;
  readonly client: { readonly name: string; readonly phone: string };
  readonly contact_id: number | null;
  /** Its talk in work; null when there is none. */
  readonly talk_id: number | null;
  /** Whether what is written here reaches anybody. */
  readonly is_connected: boolean;
  /** Oldest first. */
  readonly messages: readonly ChatMessageView[];
}

export interface ChatMessageView {
  readonly id: string;
  readonly is_incoming: boolean;
  readonly author: string;
  /** `text`, `picture`, `file`…: of the chats API. */
  readonly type: string;
  readonly text: string;
  /** Address of the picture or the file; empty without one. */
  readonly media: string;
  readonly file_name: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Of what was written in the account; null of what a client wrote. */
  readonly delivery: 'sent' | 'delivered' | 'read' | 'failed' | null;
  /** Why it failed; empty otherwise. */
  readonly error: string;
}

/** From the server to every open page, over the socket `/sandbox/socket`. */
export type SocketMessage =
  | { readonly kind: 'changed'; readonly change: AccountChange }
  | { readonly kind: 'traffic'; readonly entry: NumberedTraffic }
  | { readonly kind: 'report'; readonly entries: readonly ReportEntry[] }
  /** New files of these widgets are there. */
  | { readonly kind: 'rebuilt'; readonly codes: readonly string[] }
  /** What is wrong with the newest files of the widgets, one line each; none when nothing is any more. */
  | { readonly kind: 'build'; readonly faults: readonly string[] }
  /** Another user, language, flavour or revision, or a reset: everything is to be read anew. */
  | { readonly kind: 'reload' }
  | { readonly kind: 'theme'; readonly theme: Switches['theme'] }
  | { readonly kind: 'faults'; readonly faults: Faults }
  | PhoneSocketMessage;
