import type { Watcher, WatchTools } from './watcher.js';

/** Those of {@link watchJQuery}. */
const watchedElsewhere = new Set(['$', 'jQuery']);

/** What pages share beside functions. */
const objects = new Set(['APP', 'AMOCRM', 'JSON']);

interface Shared {
  /** As a script writes it. */
  readonly name: string;
  readonly owner: object;
  readonly members: Map<string, unknown>;
  /** Names that a loop over any object or list would meet, too; null where nobody loops. */
  readonly met: Set<string> | null;
}

/**
 * Sees a widget that puts something of its own in the place of what all scripts of the page share, such as
 * `window.Promise`, `JSON.parse` or the loader, or that adds to what every object or list has. Call it after the
 * watchers that stand in such places themselves.
 */
export function watchBuiltins({ breach }: WatchTools): Watcher {
  const shared: readonly Shared[] = [
    share('window', window),
    share('document', document, Document.prototype),
    // By way of the window: their bare names are the host's own (`kept-globals.ts`).
    share('JSON', window.JSON),
    share('Promise', window.Promise),
    share('Object', Object),
    ...[Object, Array, String, Function].map((type) => {
      const prototype = type.prototype as object;
      return { ...share(`${type.name}.prototype`, prototype), met: new Set(Object.keys(prototype)) };
    }),
  ];

  return {
    ran(widget) {
      for (const { name, owner, members, met } of shared) {
        // From now on the new one is what is there: the next widget did not do it.
        for (const [member, value] of members) {
          const now = Reflect.get(owner, member) as unknown;
          if (now === value) continue;
          members.set(member, now);
          breach(widget, 'global', `${name}.${member} was replaced`);
        }
        if (met === null) continue;
        for (const member of Object.keys(owner)) {
          if (met.has(member)) continue;
          met.add(member);
          breach(widget, 'global', `${name}.${member} was added, which every for…in loop meets`);
        }
      }
    },
  };
}

/** The functions and {@link objects} that `owner` has, by the names that `named` gives. */
function share(name: string, owner: object, named = owner): Shared {
  const isShared = (member: string, value: unknown): boolean =>
    (typeof value === 'function' && !watchedElsewhere.has(member)) || objects.has(member);
  const members = Object.entries(Object.getOwnPropertyDescriptors(named)).flatMap(
    ([member, { value }]: [string, PropertyDescriptor]): [string, unknown][] =>
      isShared(member, value) ? [[member, Reflect.get(owner, member)]] : [],
  );
  return { name, owner, members: new Map(members), met: null };
}
