import {
  generalCallbacks,
  locationCallbacks,
  startCallbacks,
} from '../../../../src/kommo/location-callbacks.js';
import { isLocationCode, type LocationCode, locationCodes } from '../../../../src/kommo/locations.js';
import { type LocationEntry, locationEntries } from '../../manifest-facts.js';
import { nearest } from '../../nearest.js';
import type { Problem, Rule } from '../../rule.js';
import type { FoundCallback } from '../../script/index.js';
import type { WidgetView } from '../../view.js';
import { list, quote } from '../../words.js';
import { advised } from './levels.js';

const file = 'script.js';

/** Where the widgets of a location are too many to say that a callback is missing: it draws in the panel there. */
const inPanel = new Set<LocationCode>(['llist', 'clist', 'tlist', 'culist']);

/** The callbacks of the widget that the function of `script.js` constructs. */
export const callbackRules: readonly Rule[] = [
  {
    code: 'script/no-callbacks',
    severity: 'error',
    title: 'The constructor gives the widget its callbacks.',
    help: 'Set this.callbacks in the function that script.js returns, not later: the platform looks right after it has called it, and leaves a widget without callbacks alone.',
    source: 'platform/widget.md §3.1, §4.2',
    check: (view) => {
      const instance = view.instance();
      if (instance?.kind !== 'no-callbacks') return [];
      return [
        {
          message:
            'The widget has no callbacks after it was constructed, so the platform does nothing with it.',
          file,
          expected: 'this.callbacks = { render, init, bind_actions, … }',
          found: instance.found,
        },
      ];
    },
  },
  {
    code: 'script/missing-start-callback',
    severity: 'error',
    title: 'The widget has the callbacks render, init and bind_actions.',
    help: 'The platform drops a widget that lacks one of the three. Add it; it returns true, also where it has nothing to do.',
    source: 'platform/widget.md §4.1, §4.2',
    check: (view) =>
      lacking(view, startCallbacks).map((name) => missing(name, 'The platform drops the widget')),
  },
  {
    code: 'script/missing-save-callback',
    severity: 'error',
    title: 'A widget that can be installed has the callback onSave.',
    help: 'Install and Save call onSave, and only its true or a promise that resolves installs the widget. Add it; without anything to check it returns true.',
    source: 'platform/widget.md §4.1, §6',
    check: (view) => {
      if (view.manifest()?.get(['widget', 'installation']) !== true) return [];
      return lacking(view, ['onSave']).map((name) => missing(name, 'The widget cannot be installed'));
    },
  },
  {
    code: 'script/missing-location-callback',
    severity: { private: 'warning', public: 'error' },
    title: 'The widget has the callbacks that its locations call.',
    help: 'Where the callback is missing, nothing comes up in that location. Add the callback, or take the location out of the manifest.',
    source: 'platform/widget.md §4.1, §1.3',
    check: (view) => atLocations(view, ({ needed }) => needed, 'which does nothing without it'),
  },
  {
    code: 'script/unused-location',
    severity: 'notice',
    title: 'Locations are listed that the script has callbacks for.',
    help: 'The documentation names a callback for the location that the widget lacks. It may do without; otherwise the location has no use, and moderation wants only those that are used.',
    source: 'platform/widget.md §4.1, §1.3, §8 rule 26',
    check: (view) => atLocations(view, ({ usual }) => usual, 'which usually has it'),
  },
  {
    code: 'script/unserved-callback',
    severity: advised,
    title: 'Callbacks belong to locations that the manifest lists.',
    help: 'The platform calls this callback only in locations that are not listed. List one of them, or delete the callback.',
    source: 'platform/widget.md §4.1, §1.3',
    check: (view) => {
      const manifest = view.manifest();
      const entries = manifest === null ? [] : locationEntries(manifest);
      if (manifest === null || !entries.some(({ parsed }) => parsed !== null)) return [];
      const listed = new Set(entries.map(({ parsed }) => parsed?.code));
      return callbacksOf(view).flatMap(({ name, empty }): Problem[] => {
        const serving = locationsOf(name);
        if (empty || serving.length === 0 || serving.some((code) => listed.has(code))) return [];
        if (listed.has('everywhere') && serving.some((code) => inPanel.has(code))) return [];
        return [
          {
            message: `Nothing calls ${name}: the manifest does not list ${list(
              serving.map((code) => quote(code)),
              { last: 'or' },
            )}.`,
            file,
            ...placeOf(view, name),
            expected: `the location ${list(
              serving.map((code) => quote(code)),
              { last: 'or' },
            )}`,
            found: name,
          },
        ];
      });
    },
  },
  {
    code: 'script/misspelt-callback',
    severity: 'warning',
    title: 'Callbacks have the names that the platform calls.',
    help: 'The platform calls callbacks by their exact names and passes over all others. Correct the name.',
    source: 'platform/widget.md §4.1',
    check: (view) => {
      const found = callbacksOf(view);
      const has = new Set(found.map(({ name }) => name));
      const wanted = known().filter((name) => !has.has(name));
      return found.flatMap(({ name }): Problem[] => {
        const meant = known().includes(name) ? null : nearest(name, wanted);
        if (meant === null || !isNear(name, meant)) return [];
        return [
          {
            message: `The platform calls no callback ${quote(name)}. Did you mean ${quote(meant)}?`,
            file,
            ...placeOf(view, name),
            expected: quote(meant),
            found: quote(name),
          },
        ];
      });
    },
  },
  {
    code: 'script/callbacks-undecided',
    severity: 'notice',
    title: 'It can be told without the platform which callbacks the widget has.',
    help: 'The widget was constructed with a stand-in for the platform. Keep the constructor to setting up callbacks, and do the rest in render and init: settings and language are not there before.',
    source: 'platform/widget.md §3.1, §12',
    check: (view) => {
      const instance = view.instance();
      if (instance?.kind !== 'undecided') return [];
      return [
        {
          message: `Which callbacks the widget has cannot be told here: ${instance.reason}.`,
          file,
          expected: 'a constructor that sets this.callbacks',
          found: instance.reason,
        },
      ];
    },
  },
];

function callbacksOf(view: WidgetView): readonly FoundCallback[] {
  const instance = view.instance();
  return instance?.kind === 'callbacks' ? instance.callbacks : [];
}

/** Those that the widget has not; none when it is not known what it has. */
function lacking(view: WidgetView, names: readonly string[]): string[] {
  const instance = view.instance();
  if (instance?.kind !== 'callbacks') return [];
  const has = new Set(instance.callbacks.map(({ name }) => name));
  return names.filter((name) => !has.has(name));
}

function missing(name: string, consequence: string): Problem {
  return {
    message: `${consequence}: it has no callback ${quote(name)}.`,
    file,
    expected: `callbacks.${name}`,
    found: 'no such callback',
  };
}

function atLocations(
  view: WidgetView,
  choose: (one: { needed: readonly string[]; usual: readonly string[] }) => readonly string[],
  why: string,
): Problem[] {
  const manifest = view.manifest();
  if (manifest === null) return [];
  const seen = new Set<string>();
  return locationEntries(manifest).flatMap((entry) => {
    const code = entry.parsed?.code;
    if (code === undefined || seen.has(code) || drawsItself(entry)) return [];
    seen.add(code);
    return lacking(view, choose(locationCallbacks[code])).map((name) => ({
      message: `The widget has no callback ${quote(name)} for the location ${quote(entry.text)}, ${why}.`,
      ...manifest.spot(entry.path),
      expected: `callbacks.${name} in script.js`,
      found: 'no such callback',
    }));
  });
}

/**
 * A list where the widget is in the panel needs no entry in the menu of marked rows; and for the settings the platform
 * draws everything itself.
 */
function drawsItself({ parsed }: LocationEntry): boolean {
  if (parsed === null || parsed.code === 'settings') return true;
  return inPanel.has(parsed.code) && parsed.suffix !== '0';
}

function locationsOf(callback: string): LocationCode[] {
  return locationCodes.filter((code) => {
    const { needed, usual } = locationCallbacks[code];
    return isLocationCode(code) && (needed.includes(callback) || usual.includes(callback));
  });
}

function known(): string[] {
  const ofLocations = Object.values(locationCallbacks).flatMap(({ needed, usual }) => [...needed, ...usual]);
  return [...new Set([...startCallbacks, ...generalCallbacks, ...ofLocations])];
}

/** Differs in case, marks or one or two letters; helpers of one's own may be called something like it. */
function isNear(name: string, meant: string): boolean {
  const plain = (text: string): string => text.toLowerCase().replace(/[^a-z.]/g, '');
  return plain(name) === plain(meant) || (name.length >= 7 && Math.abs(name.length - meant.length) <= 1);
}

/** Where the callback is written: the first place in script.js that gives something that name. */
function placeOf(view: WidgetView, name: string): Pick<Problem, 'line' | 'column'> {
  const script = view.scripts().find((one) => one.file === file);
  const last = name.split('.')[0] ?? name;
  const at = script?.text.search(new RegExp(`\\b${last.replaceAll('$', '\\$')}\\b['"]?\\s*[:=(]`)) ?? -1;
  return at === -1 || script === undefined ? {} : script.placeOf(at);
}
