import type { PlatformApp } from './app/app.js';
import type { AccountApi } from './account-api.js';
import type { Area } from './area.js';
import type { Lifecycle } from './widget/lifecycle.js';
import type { Recorder } from './report/recorder.js';
import type { Router } from './router.js';
import type { Translate, Words } from './words/words.js';
import type { AccountChange, Session, SessionWidget } from '../wire.js';

/** What every page of the account works with. */
export interface Host {
  /** Read it anew, never keep it: {@link Host.refresh} replaces it. */
  readonly session: Session;
  readonly api: AccountApi;
  readonly app: PlatformApp;
  readonly lifecycle: Lifecycle;
  readonly recorder: Recorder;
  readonly router: Router;
  /** The texts of a part of the pages in the user's language. */
  words<Key extends string>(words: Words<Key>): Translate<Key>;
  /** A widget of the session by its code. */
  widget(code: string): SessionWidget | undefined;
  /** Reads the session again, after an installation or a save. */
  refresh(): Promise<void>;
}

/** A page of the account. */
export interface Page {
  /** What the address says when it is this page's, e.g. `{ id: '7001' }`; undefined when it is not. */
  match(path: string): Readonly<Record<string, string>> | undefined;
  /** Item of the left menu that it belongs to. */
  readonly menu: MenuItem;
  area(params: Readonly<Record<string, string>>): Area;
  /** Draws into the empty `#page_holder`, before the widgets of the area are started. */
  open($holder: JQuery, host: Host, params: Readonly<Record<string, string>>): Promise<OpenPage> | OpenPage;
}

/** The page that is shown. */
export interface OpenPage {
  /** Of the browser's tab. */
  readonly title: string;
  /** The widgets of the area have been started. */
  loaded?(): void | Promise<void>;
  /** Something changed in the account, possibly from outside. */
  changed?(change: AccountChange): void | Promise<void>;
  /** What has to be there again after a live reload: what is open, and what was typed and not saved. JSON. */
  capture?(): unknown;
  /** Takes what {@link OpenPage.capture} gave; called after {@link OpenPage.loaded}. */
  restore?(state: unknown): void | Promise<void>;
  /** The page is left. */
  close?(): void;
}

export const menuItems = [
  'dashboard',
  'leads',
  'customers',
  'tasks',
  'catalogs',
  'mail',
  'stats',
  'settings',
] as const;
/** Items of the left menu as `left_menu.sort.after` names them, or `<code>:<item>` of a widget (`platform/widget.md §1.8`). */
export type MenuItem = (typeof menuItems)[number] | `${string}:${string}`;

/** The one page whose address has this form, e.g. `/leads/detail/:id`; a `?` after a name makes it optional. */
export function pathMatcher(pattern: string): Page['match'] {
  const names: string[] = [];
  const source = pattern.replace(/\/:(\w+)(\?)?/g, (_whole, name: string, optional?: string) => {
    names.push(name);
    return optional === undefined ? '/([^/]+)' : '(?:/([^/]+))?';
  });
  const expression = new RegExp(`^${source}/?$`);
  return (path) => {
    const found = expression.exec(path);
    if (found === null) return undefined;
    return Object.fromEntries(
      names.flatMap((name, index) => {
        const value = found[index + 1];
        return value === undefined ? [] : [[name, decodeURIComponent(value)]];
      }),
    );
  };
}
