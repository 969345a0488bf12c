import { make, makeSelect } from './make.js';
import type { Host } from '../host.js';
import type { Switches } from '../../wire.js';

export interface SwitchControls {
  readonly element: HTMLElement;
  show(switches: Switches): void;
}

/** Language, user, theme, markup revision and flavour, for the whole sandbox. */
export function createSwitches(
  { session }: Host,
  set: (switches: Partial<Switches>) => void,
): SwitchControls {
  const language = makeSelect(
    'Language of the user',
    session.languages.map((code) => [code, code] as const),
    (value) => {
      set({ language: value });
    },
  );
  const user = makeSelect(
    'Signed-in user',
    session.users.map(({ id, name }) => [String(id), name] as const),
    (value) => {
      set({ user_id: Number(value) });
    },
  );
  const theme = makeSelect(
    'Theme',
    [
      ['light', 'Light'],
      ['dark', 'Dark'],
    ],
    (value) => {
      set({ theme: value });
    },
  );
  const revision = makeSelect(
    'Markup revision of the digital pipeline',
    [
      ['1', 'Markup 1'],
      ['2', 'Markup 2'],
    ],
    (value) => {
      set({ revision: value === '1' ? 1 : 2 });
    },
  );
  const flavour = makeSelect(
    'Flavour',
    [
      ['kommo', 'Kommo'],
      ['amocrm', 'amoCRM'],
    ],
    (value) => {
      set({ flavour: value });
    },
  );
  const all = [language, user, theme, revision, flavour];
  const controls: SwitchControls = {
    element: make('div', { class: 'switches' }, ...all.map(({ element }) => element)),
    show(switches) {
      language.set(switches.language);
      user.set(String(switches.user_id));
      theme.set(switches.theme);
      revision.set(switches.revision === 1 ? '1' : '2');
      flavour.set(switches.flavour);
    },
  };
  controls.show(session.switches);
  return controls;
}
