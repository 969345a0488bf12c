import { draw, escapeHtml, formValues } from './dom.js';
import type { Lifecycle } from './lifecycle.js';
import { makeSaveButton } from './save-button.js';
import { settingsModalHtml } from './settings-markup.js';
import type { AccountState, FieldDefinition, InstallStatus, RecordedSave } from './types.js';
import { textOf } from './words.js';

interface SettingsParts {
  state: AccountState;
  words: unknown;
  lifecycle: Lifecycle;
  saves: RecordedSave[];
}

/**
 * Settings → Integrations with the widget's tile; a click opens its modal: draw, load the widget in its own
 * area, then `settings($body)` (`platform/widget.md §4.2`, settings sequence).
 */
export function drawSettings($page: JQuery, parts: SettingsParts): void {
  const { state, words } = parts;
  const title = textOf(words, state.manifest.widget.name);
  const logo = state.logos.includes('logo_medium.png')
    ? `<img src="${state.path}/images/logo_medium.png" alt="">`
    : '';
  const $list = draw(`<div class="widgets-list"><h1>Integrations</h1>
    <button type="button" class="widget-card" data-code="${state.code}">${logo}<span>${escapeHtml(title)}</span></button></div>`);
  $page.append($list);
  $list.on('click', '.widget-card', () => {
    void openModal(parts);
  });
}

async function openModal({ state, words, lifecycle, saves }: SettingsParts): Promise<void> {
  const { code } = state;
  const $modal = draw(settingsModalHtml(state, words));
  $(document.body).append($modal);
  const close = (): void => {
    $modal.remove();
  };
  $modal.on('click', '.modal-body__close', close);

  const $save = $modal.find('.js-widget-save');
  const button = makeSaveButton(
    $save,
    () => void submit($modal.find('#widget_active__sw').prop('checked') === true),
  );
  $modal.on('change controls:change', button.enable);
  $modal.on('click', '.install-widget__button', () => void submit(true));
  $modal.on('click', '.js-widget-uninstall', () => void submit(false, 'install'));

  /** One click on Save, Install or Uninstall (`platform/widget.md §6`). */
  const submit = async (active: boolean, statusWhenSaved: InstallStatus = 'installed'): Promise<void> => {
    const payload: RecordedSave['payload'] = {
      active: active ? 'Y' : 'N',
      fields: collect($modal, state.manifest.settings ?? {}),
    };
    $save.trigger('button:load:start');
    const agreed = await answer(lifecycle.call('onSave', payload));
    $save.trigger('button:load:stop');
    // Nothing may keep a person from switching a widget off (`platform/widget.md §8`, rule 30).
    const result =
      !active || agreed
        ? active && lacksRequired($modal, state, payload.fields)
          ? 'incomplete'
          : 'saved'
        : 'refused';
    const record: RecordedSave = { payload: structuredClone(payload), result };
    if (result === 'saved') {
      await store({ status: statusWhenSaved, active, settings: storable(state, payload.fields) });
      if (!active) lifecycle.destroyAll();
      if ($save.attr('data-onsave-destroy-modal') === 'true') close();
      else $save.trigger('button:save:disable');
    } else {
      // An installation that was not finished shows its settings and waits for Save.
      if (state.installation.status === 'install')
        await store({ ...state.installation, status: 'not_configured' });
      $save.trigger('button:save:error');
    }
    $modal.find('.widget_settings_block__controls').show();
    saves.push(record);
  };

  const store = async (installation: AccountState['installation']): Promise<void> => {
    state.installation = installation;
    await $.ajax({ url: '/host/installation', type: 'PUT', data: JSON.stringify(installation) });
    $modal.find('.widget-state').attr('class', `widget-state widget-state_status_${installation.status}`);
  };

  await lifecycle.load({ loaderArea: `widgetsSettings:${code}`, systemArea: 'settings' });
  if ($modal.closest('body').length > 0) lifecycle.call('settings', bodyOf($modal), {});
  $modal.attr('data-ready', 'true');
}

/** The right part of the modal, which `settings` gets (`platform/widget.md §5.4`). */
export function bodyOf($modal: JQuery): JQuery {
  return $modal.find('.widget-settings__desc-space');
}

/** True or a promise that is kept is a yes; false, a rejection, an exception or no `onSave` is a no. */
async function answer(returned: unknown): Promise<boolean> {
  try {
    return Boolean(await returned);
  } catch {
    return false;
  }
}

function collect($modal: JQuery, fields: Record<string, FieldDefinition>): Record<string, unknown> {
  const entered = formValues($modal.find('.widget_settings_block__fields'));
  return Object.fromEntries(
    Object.entries(fields).map(([name, { type }]): [string, unknown] => {
      if (type !== 'users' && type !== 'users_lp') return [name, entered.get(name) ?? ''];
      const users: Record<string, string | Record<string, string>> = {};
      for (const [key, value] of entered) {
        const [owner, id, part] = key.split(/[[\]]+/).filter((piece) => piece !== '');
        if (owner !== name || id === undefined) continue;
        users[id] = part === undefined ? value : { ...(users[id] as object), [part]: value };
      }
      return [name, users];
    }),
  );
}

/** The platform marks a required field that is empty and stores nothing. */
function lacksRequired($modal: JQuery, { manifest }: AccountState, fields: Record<string, unknown>): boolean {
  let lacking = false;
  for (const [name, { required }] of Object.entries(manifest.settings ?? {})) {
    const value = fields[name];
    const empty = required === true && (value === '' || (typeof value === 'object' && !hasText(value)));
    $modal.find(`[data-field="${name}"]`).toggleClass('validation-failed', empty);
    lacking ||= empty;
  }
  return lacking;
}

function hasText(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).some(hasText);
  return typeof value === 'string' && value !== '';
}

/** A custom field keeps JSON text or a number; a plain text is not stored (`platform/widget.md §1.4`). */
function storable({ manifest }: AccountState, fields: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(fields).filter(([name, value]) => {
    if (manifest.settings?.[name]?.type !== 'custom' || typeof value !== 'string') return true;
    try {
      const json: unknown = JSON.parse(value);
      return typeof json === 'object' || typeof json === 'number';
    } catch {
      return false;
    }
  });
  return Object.fromEntries(kept);
}
