import type { Area } from '../area.js';
import type { PlatformApp } from '../app/app.js';
import type { Outcome, Recorder } from '../report/recorder.js';
import type { Session } from '../../wire.js';
import { accountMethods } from './methods/account.js';
import { cardMethods } from './methods/card.js';
import { contributionMethods } from './methods/contributions.js';
import { panelMethods } from './methods/panel.js';
import { proxyMethods } from './methods/crm-post.js';
import { settingsMethods } from './methods/settings.js';
import { tokenMethods } from './methods/authorized-ajax.js';
import { wordMethods } from './methods/words.js';
import type { Render } from './render.js';

export type Callbacks = Record<string, unknown>;

/** What the host itself uses of a widget's instance. */
export interface Widget {
  callbacks?: Callbacks;
  ns?: string;
  init_once?: boolean;
  set_lang(words: unknown): void;
  set_settings(settings: Record<string, unknown>): void;
}

export interface BaseParts {
  readonly code: string;
  /** Where the widget runs now; an `init_once` widget goes from area to area. */
  readonly area: () => Area;
  readonly session: () => Session;
  readonly app: PlatformApp;
  readonly recorder: Recorder;
  readonly render: Render;
}

/** {@link BaseParts} and what the methods share. */
export interface MethodParts extends BaseParts {
  /** The one object behind `get_settings()` and `params`. */
  readonly settings: Record<string, unknown>;
  /** Runs a function of the widget and writes it down; what it throws stays in the report. */
  readonly call: (name: string, run: unknown, ...args: unknown[]) => Outcome;
  /** Tells the report of a mistake that the platform would swallow. */
  readonly fault: (error: unknown) => void;
}

/**
 * Makes the widget: the base becomes the prototype of the widget's constructor, so that every method of
 * `platform/widget.md §3.2` is there while the constructor runs, and settings and words are not
 * (`§4.2`, steps 4 and 5).
 */
export function construct(Constructor: unknown, parts: BaseParts): Widget {
  (Constructor as { prototype: unknown }).prototype = createBase(parts);
  return new (Constructor as new () => Widget)();
}

function createBase(base: BaseParts): Widget & Record<string, unknown> {
  const { code, area, recorder } = base;
  const parts: MethodParts = {
    ...base,
    settings: {},
    call: (name, run, ...args) =>
      recorder.run(code, area().name, name, () =>
        typeof run === 'function' ? (Reflect.apply(run, undefined, args) as unknown) : undefined,
      ),
    fault(error) {
      recorder.exception(code, area().name, error);
    },
  };
  return {
    ...settingsMethods(parts),
    ...wordMethods(),
    ...accountMethods(parts),
    ...cardMethods(parts),
    ...proxyMethods(parts),
    ...tokenMethods(parts),
    ...contributionMethods(parts),
    ...panelMethods(parts),
  };
}
